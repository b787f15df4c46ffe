package io.freshet.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.freshet.model.ModelFile;
import io.freshet.model.ModelFileException;
import io.freshet.model.PartialFit;
import io.freshet.model.SynthesisModel;

/** The models there are, by name: in memory, and in a folder where one is configured. */
@ApplicationScoped
public class Models {

    private static final Logger LOG = Logger.getLogger(Models.class);

    private final Map<String, StoredModel> models = new ConcurrentHashMap<>();
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
            models.put(name, new StoredModel(name, 1, fittedAt, Duration.ZERO, model, List.of()));
        } catch (IOException | ModelFileException e) {
            LOG.errorf("A model was not restored: model=%s reason=%s", name, e.getMessage());
        }
    }

    /** Keeps a model under a name; one that is there already is replaced, and the version counts up. */
    public StoredModel put(String name, SynthesisModel model, Duration fitTime) {
        StoredModel stored = models.compute(name, (key, before) -> new StoredModel(name,
                before == null ? 1 : before.version() + 1, Instant.now(), fitTime, model, List.of()));
        write(stored);
        return stored;
    }

    /**
     * Replaces a model by what it learns; updates of one model follow each other, each on the result of the one before.
     *
     * @param learn makes the new model from the one there is
     * @return empty if there is no such model
     */
    public Optional<StoredModel> update(String name, Function<SynthesisModel, PartialFit> learn) {
        StoredModel updated = models.computeIfPresent(name, (key, before) -> {
            long begun = System.nanoTime();
            PartialFit fit = learn.apply(before.model());
            return new StoredModel(name, before.version() + 1, Instant.now(), Duration.ofNanos(System.nanoTime() - begun),
                    fit.model(), fit.drift());
        });
        if (updated != null) {
            write(updated);
        }
        return Optional.ofNullable(updated);
    }

    /** The newest version reaches the folder last, whoever comes first. */
    private synchronized void write(StoredModel stored) {
        StoredModel newest = models.get(stored.name());
        if (folder != null && newest != null && newest.version() == stored.version()) {
            folder.write(stored.name(), out -> ModelFile.write(stored.model(), out));
        }
    }

    public Optional<StoredModel> find(String name) {
        return Optional.ofNullable(models.get(name));
    }

    /** All models, by name. */
    public List<StoredModel> list() {
        return models.values().stream().sorted(Comparator.comparing(StoredModel::name)).toList();
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
