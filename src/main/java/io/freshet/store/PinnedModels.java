package io.freshet.store;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.freshet.model.ModelOrigin;
import io.freshet.model.file.ModelFile;

/**
 * The model versions that streams are pinned to, by stream. If a store is configured, a version is persisted for as long as
 * its stream exists, even if the model is replaced or deleted.
 */
@ApplicationScoped
public class PinnedModels {

    private static final Logger LOG = Logger.getLogger(PinnedModels.class);

    private final @Nullable BlobStore blobStore;

    public PinnedModels(BlobStores blobStores) {
        blobStore = blobStores.of("pinned-models");
    }

    /** Pins a stream to a version, in place of the previous one. */
    public void keep(String stream, StoredModel version) {
        if (blobStore != null) {
            ModelFile.Contents contents = new ModelFile.Contents(version.model(), Optional.of(version.origin()));
            blobStore.write(stream, out -> ModelFile.write(contents, out));
        }
    }

    /**
     * Returns the version that a stream was pinned to before the process ended.
     *
     * @param model the model's name
     * @return the version; empty if none was persisted or its file cannot be read
     */
    public Optional<StoredModel> find(String stream, String model) {
        return blobStore == null ? Optional.empty() : blobStore.read(stream).flatMap(entry -> read(stream, model, entry));
    }

    private static Optional<StoredModel> read(String stream, String model, BlobStore.Entry entry) {
        try (InputStream in = entry.contents()) {
            ModelFile.Contents contents = ModelFile.readContents(in);
            ModelOrigin origin = contents.origin().orElse(new ModelOrigin(1, entry.changedAt(), Duration.ZERO, List.of()));
            return Optional.of(StoredModel.of(model, contents.model(), origin));
        } catch (IOException | RuntimeException e) {
            LOG.errorf("Pinned model could not be restored; the stream uses the latest version: stream=%s reason=%s",
                    stream, e.getMessage());
            return Optional.empty();
        }
    }

    public void forget(String stream) {
        if (blobStore != null) {
            blobStore.delete(stream);
        }
    }
}
