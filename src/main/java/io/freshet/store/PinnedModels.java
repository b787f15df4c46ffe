package io.freshet.store;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.freshet.model.ModelFile;
import io.freshet.model.ModelFileException;
import io.freshet.model.ModelOrigin;

/**
 * The versions of models that streams stay on, by stream: kept where there is a place for them, for as long as the stream
 * is there, whatever becomes of the model.
 */
@ApplicationScoped
public class PinnedModels {

    private static final Logger LOG = Logger.getLogger(PinnedModels.class);

    private final @Nullable Shelf shelf;

    public PinnedModels(Shelves shelves) {
        shelf = shelves.of("pinned-models");
    }

    /** Keeps a version for a stream, in place of the one it was on before. */
    public void keep(String stream, StoredModel version) {
        if (shelf != null) {
            ModelFile.Contents contents = new ModelFile.Contents(version.model(), Optional.of(version.origin()));
            shelf.write(stream, out -> ModelFile.write(contents, out));
        }
    }

    /**
     * The version a stream was on before the process ended; empty if none was kept, or its file cannot be read.
     *
     * @param model its name
     */
    public Optional<StoredModel> find(String stream, String model) {
        return shelf == null ? Optional.empty() : shelf.read(stream).flatMap(kept -> read(stream, model, kept));
    }

    private static Optional<StoredModel> read(String stream, String model, Shelf.Kept kept) {
        try (InputStream in = kept.contents()) {
            ModelFile.Contents contents = ModelFile.readContents(in);
            ModelOrigin origin = contents.origin().orElse(new ModelOrigin(1, kept.changedAt(), Duration.ZERO, List.of()));
            return Optional.of(StoredModel.of(model, contents.model(), origin));
        } catch (IOException | ModelFileException e) {
            LOG.errorf("A stream takes the newest version of its model, for its own was not restored: stream=%s reason=%s",
                    stream, e.getMessage());
            return Optional.empty();
        }
    }

    public void forget(String stream) {
        if (shelf != null) {
            shelf.delete(stream);
        }
    }
}
