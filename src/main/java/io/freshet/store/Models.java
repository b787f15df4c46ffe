package io.freshet.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.freshet.model.ModelFile;
import io.freshet.model.ModelFileException;
import io.freshet.model.SynthesisModel;

/** The models there are, by name: in memory, and in a folder where one is configured. */
@ApplicationScoped
public class Models {

    private static final Logger LOG = Logger.getLogger(Models.class);

    private final Map<String, StoredModel> models = new ConcurrentSkipListMap<>();
    private final @Nullable Folder folder;

    public Models(StoreConfig config) {
        folder = config.folder().map(path -> Folder.of(path.resolve("models"), ".json")).orElse(null);
        if (folder != null) {
            folder.names().forEach(name -> restore(folder, name));
        }
    }

    private void restore(Folder from, String name) {
        try (InputStream in = Files.newInputStream(from.file(name))) {
            SynthesisModel model = ModelFile.read(in);
            Instant fittedAt = Files.getLastModifiedTime(from.file(name)).toInstant();
            models.put(name, new StoredModel(name, 1, fittedAt, Duration.ZERO, model));
        } catch (IOException | ModelFileException e) {
            LOG.errorf("A model was not restored: model=%s reason=%s", name, e.getMessage());
        }
    }

    /** Keeps a model under a name; one that is there already is replaced, and the version counts up. */
    public StoredModel put(String name, SynthesisModel model, Duration fitTime) {
        StoredModel stored = models.compute(name, (key, before) -> new StoredModel(name,
                before == null ? 1 : before.version() + 1, Instant.now(), fitTime, model));
        if (folder != null) {
            folder.write(name, out -> ModelFile.write(model, out));
        }
        return stored;
    }

    public Optional<StoredModel> find(String name) {
        return Optional.ofNullable(models.get(name));
    }

    /** All models, by name. */
    public List<StoredModel> list() {
        return List.copyOf(models.values());
    }

    /** Whether there was one to delete. */
    public boolean delete(String name) {
        boolean deleted = models.remove(name) != null;
        if (deleted && folder != null) {
            folder.delete(name);
        }
        return deleted;
    }

    /** Whether models outlive the process. */
    public boolean areDurable() {
        return folder != null;
    }
}
