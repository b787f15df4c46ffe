package io.freshet.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
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
import io.freshet.model.ModelOrigin;
import io.freshet.model.PartialFit;
import io.freshet.model.SynthesisModel;

/**
 * The models there are, by name: in memory, and where there is a place for them to outlive the process, from where they come
 * back with their versions and their last drift.
 */
@ApplicationScoped
public class Models {

    private static final Logger LOG = Logger.getLogger(Models.class);

    private final Map<String, StoredModel> models = new ConcurrentHashMap<>();
    /** By model: held by the update that is learning. */
    private final Map<String, Object> updates = new ConcurrentHashMap<>();
    private final @Nullable Shelf shelf;
    /** What is known already of what is kept: when each model was written. */
    private final Map<String, Instant> seen = new HashMap<>();
    private volatile boolean restored;

    public Models(Shelves shelves) {
        shelf = shelves.of("models");
        try {
            restore();
        } catch (UncheckedIOException e) {
            LOG.warnf("Models are not restored yet: reason=%s", e.getMessage());
        }
    }

    /**
     * Brings back what was kept, unless that has been done; what is there already stays.
     *
     * @throws UncheckedIOException if the place does not answer
     */
    public synchronized void restore() {
        if (shelf != null && !restored) {
            for (String name : shelf.names()) {
                shelf.read(name).ifPresent(kept -> {
                    read(name, kept).ifPresent(model -> models.putIfAbsent(name, model));
                    seen.put(name, kept.changedAt());
                });
            }
        }
        restored = true;
    }

    /**
     * Takes over what other instances have kept in the same place: new models, newer versions, and that models are gone.
     *
     * @throws UncheckedIOException if the place does not answer
     */
    public synchronized void refresh() {
        if (shelf == null) {
            return;
        }
        Map<String, Instant> changes = shelf.changes();
        for (Map.Entry<String, Instant> change : changes.entrySet()) {
            if (!change.getValue().equals(seen.get(change.getKey()))) {
                shelf.read(change.getKey()).flatMap(kept -> read(change.getKey(), kept)).ifPresent(theirs -> models.merge(
                        theirs.name(), theirs, (ours, other) -> other.fittedAt().isAfter(ours.fittedAt()) ? other : ours));
            }
        }
        seen.keySet().stream().filter(name -> !changes.containsKey(name)).forEach(models::remove);
        seen.clear();
        seen.putAll(changes);
    }

    private static Optional<StoredModel> read(String name, Shelf.Kept kept) {
        try (InputStream in = kept.contents()) {
            ModelFile.Contents contents = ModelFile.readContents(in);
            return Optional.of(StoredModel.of(name, contents.model(),
                    contents.origin().orElse(new ModelOrigin(1, kept.changedAt(), Duration.ZERO, List.of()))));
        } catch (IOException | ModelFileException e) {
            LOG.errorf("A model was not restored: model=%s reason=%s", name, e.getMessage());
            return Optional.empty();
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
     * Replaces a model by what it learns. Updates of one model follow each other, each on the result of the one before;
     * those of other models, and readers, do not wait. If the model is fitted anew meanwhile, the new one learns.
     *
     * @param learn makes the new model from the one there is; called again when that was replaced meanwhile
     * @return empty if there is no such model
     */
    public Optional<StoredModel> update(String name, Function<StoredModel, PartialFit> learn) {
        synchronized (updates.computeIfAbsent(name, key -> new Object())) {
            while (true) {
                StoredModel before = models.get(name);
                if (before == null) {
                    return Optional.empty();
                }
                long begun = System.nanoTime();
                PartialFit fit = learn.apply(before);
                StoredModel updated = new StoredModel(name, before.version() + 1, Instant.now(),
                        Duration.ofNanos(System.nanoTime() - begun), fit.model(), fit.drift());
                if (models.replace(name, before, updated)) {
                    write(updated);
                    return Optional.of(updated);
                }
            }
        }
    }

    /** The newest version reaches the shelf last, whoever comes first. */
    private synchronized void write(StoredModel stored) {
        // a newer one is written by whoever put it, also one that was made anew and begins to count again
        if (shelf != null && stored.equals(models.get(stored.name()))) {
            ModelFile.Contents contents = new ModelFile.Contents(stored.model(), Optional.of(stored.origin()));
            seen.put(stored.name(), shelf.write(stored.name(), out -> ModelFile.write(contents, out)));
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
    public synchronized boolean delete(String name) {
        boolean deleted = models.remove(name) != null;
        if (deleted && shelf != null) {
            shelf.delete(name);
        }
        return deleted;
    }
}
