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
import java.util.function.Supplier;
import java.util.stream.Stream;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.freshet.model.ModelOrigin;
import io.freshet.model.PartialFit;
import io.freshet.model.RequestedFit;
import io.freshet.model.SynthesisMethod;
import io.freshet.model.SynthesisModel;
import io.freshet.model.VersionEntry;
import io.freshet.model.VersionEntry.Cause;
import io.freshet.model.VersionHistory;
import io.freshet.model.file.ModelFile;
import io.freshet.table.Notice;

/**
 * The models by name. They are held in memory and, if a store is configured, persisted with their versions and their last
 * drift, so that they survive a restart.
 */
@ApplicationScoped
public class Models {

    private static final Logger LOG = Logger.getLogger(Models.class);

    private final Map<String, StoredModel> models = new ConcurrentHashMap<>();
    /** The lock of each model, held while an update learns. */
    private final Map<String, Object> updates = new ConcurrentHashMap<>();
    private final @Nullable BlobStore blobStore;
    /** When each persisted model that this instance knows was written. */
    private final Map<String, Instant> seen = new HashMap<>();
    private volatile boolean restored;

    public Models(BlobStores blobStores) {
        blobStore = blobStores.of("models");
        try {
            restore();
        } catch (UncheckedIOException e) {
            LOG.warnf("Models could not be restored yet: reason=%s", e.getMessage());
        }
    }

    /**
     * Restores the persisted models, once. A model that is already in memory stays.
     *
     * @throws UncheckedIOException if the store does not answer
     */
    public synchronized void restore() {
        if (blobStore != null && !restored) {
            for (String name : blobStore.names()) {
                read(blobStore, name).ifPresent(entry -> {
                    read(name, entry).ifPresent(model -> models.putIfAbsent(name, model));
                    seen.put(name, entry.changedAt());
                });
            }
        }
        restored = true;
    }

    /**
     * Applies the changes that other instances have made to a shared store: new models, newer versions and deletions.
     *
     * @throws UncheckedIOException if the store does not answer
     */
    public synchronized void refresh() {
        if (blobStore == null) {
            return;
        }
        Map<String, Instant> changes = blobStore.changes();
        for (Map.Entry<String, Instant> change : changes.entrySet()) {
            if (!change.getValue().equals(seen.get(change.getKey()))) {
                read(blobStore, change.getKey()).flatMap(entry -> read(change.getKey(), entry))
                        .ifPresent(theirs -> models.merge(
                                theirs.name(), theirs,
                                (ours, other) -> other.fittedAt().isAfter(ours.fittedAt()) ? other : ours));
            }
        }
        seen.keySet().stream().filter(name -> !changes.containsKey(name)).forEach(models::remove);
        seen.clear();
        seen.putAll(changes);
    }

    private static Optional<BlobStore.Entry> read(BlobStore blobStore, String name) {
        try {
            return blobStore.read(name);
        } catch (CorruptEntryException e) {
            LOG.errorf("Model could not be restored: model=%s reason=%s", name, e.getMessage());
            return Optional.empty();
        }
    }

    private static Optional<StoredModel> read(String name, BlobStore.Entry entry) {
        try (InputStream in = entry.contents()) {
            ModelFile.Contents contents = ModelFile.readContents(in);
            return Optional.of(StoredModel.of(name, contents.model(),
                    contents.origin().orElse(new ModelOrigin(1, entry.changedAt(), Duration.ZERO, List.of()))));
        } catch (IOException | RuntimeException e) {
            LOG.errorf("Model could not be restored: model=%s reason=%s", name, e.getMessage());
            return Optional.empty();
        }
    }

    /**
     * Stores a model under a name. If the name exists, the model replaces it with the next version.
     *
     * @throws UncheckedIOException if the model cannot be written; everything then stays unchanged
     */
    public StoredModel put(String name, SynthesisModel model, Duration fitTime) {
        return put(name, model, fitTime, List.of());
    }

    /**
     * Stores a model as {@link #put(String, SynthesisModel, Duration)} does.
     *
     * @param notices what the owner of the table should not expect of the model
     */
    public StoredModel put(String name, SynthesisModel model, Duration fitTime, List<Notice> notices) {
        return put(name, model, fitTime, notices, Cause.FIT);
    }

    /**
     * Stores a model as {@link #put(String, SynthesisModel, Duration, List)} does.
     *
     * @param cause what created the model, for the history of its versions
     */
    public StoredModel put(String name, SynthesisModel model, Duration fitTime, List<Notice> notices, Cause cause) {
        return put(name, model, new Creation(fitTime, notices, cause, RequestedFit.DEFAULTS));
    }

    /**
     * How a model came about.
     *
     * @param notices what the owner of the table should not expect of the model
     * @param cause what created the model, for the history of its versions
     * @param requested what was asked of its fit
     */
    public record Creation(Duration fitTime, List<Notice> notices, Cause cause, RequestedFit requested) {
    }

    /** Stores a model as {@link #put(String, SynthesisModel, Duration)} does. */
    public synchronized StoredModel put(String name, SynthesisModel model, Creation creation) {
        StoredModel before = models.get(name);
        long version = before == null ? 1 : before.version() + 1;
        Instant now = Instant.now();
        Cause cause = creation.cause();
        Long rows = cause == Cause.FIT || cause == Cause.TWIN ? model.fittedRows() : null;
        VersionHistory history = (before == null ? VersionHistory.EMPTY : before.history())
                .with(new VersionEntry(version, now, cause, rows, model.method().id(), null));
        StoredModel stored = new StoredModel(name, version, now, creation.fitTime(), model, List.of(), creation.notices(),
                creation.requested(), history);
        write(stored);
        models.put(name, stored);
        return stored;
    }

    /** Returns the result of work during which no update of a model learns. */
    public <T> T exclusively(String name, Supplier<T> work) {
        synchronized (updates.computeIfAbsent(name, key -> new Object())) {
            return work.get();
        }
    }

    /** Returns the duration of an update, which is not published of a private model: it depends on the number of rows. */
    private static Duration published(SynthesisModel model, long nanos) {
        return model.method() == SynthesisMethod.MST ? Duration.ZERO : Duration.ofNanos(nanos);
    }

    /**
     * Replaces a model by the result of learning. Updates of one model run one after the other, each on the result of the
     * previous one. Updates of other models, and readers, do not wait. If the model is fitted again during an update, the
     * update is repeated on the newly fitted model.
     *
     * @param cause what the rows come from, for the history of its versions
     * @param learn derives the new model from the current one; called again if the current model was replaced in the
     *        meantime
     * @return the updated model; empty if the model does not exist
     */
    public Optional<StoredModel> update(String name, Cause cause, Function<StoredModel, PartialFit> learn) {
        synchronized (updates.computeIfAbsent(name, key -> new Object())) {
            while (true) {
                StoredModel before = models.get(name);
                if (before == null) {
                    return Optional.empty();
                }
                long startedAt = System.nanoTime();
                PartialFit fit = learn.apply(before);
                StoredModel updated = updated(before, fit, cause,
                        published(fit.model(), System.nanoTime() - startedAt));
                if (replace(before, updated)) {
                    return Optional.of(updated);
                }
            }
        }
    }

    private static StoredModel updated(StoredModel before, PartialFit fit, Cause cause, Duration fitTime) {
        long version = before.version() + 1;
        Instant now = Instant.now();
        VersionEntry entry = new VersionEntry(version, now, cause, fit.rows(), fit.model().method().id(),
                VersionEntry.DriftSummary.of(fit.drift()));
        return new StoredModel(before.name(), version, now, fitTime, fit.model(), fit.drift(),
                Stream.concat(before.notices().stream(), fit.notices().stream()).distinct().toList(),
                before.requested(), before.history().with(entry));
    }

    private synchronized boolean replace(StoredModel before, StoredModel updated) {
        boolean current = before.equals(models.get(before.name()));
        if (current) {
            write(updated);
            models.put(updated.name(), updated);
        }
        return current;
    }

    /**
     * Writes a model before it becomes visible, so that a model that a full disk rejects does not stay in use until the
     * next restart.
     */
    private void write(StoredModel stored) {
        if (blobStore != null) {
            ModelFile.Contents contents = new ModelFile.Contents(stored.model(), Optional.of(stored.origin()));
            seen.put(stored.name(), blobStore.write(stored.name(), out -> ModelFile.write(contents, out)));
        }
    }

    public Optional<StoredModel> find(String name) {
        return Optional.ofNullable(models.get(name));
    }

    /** Returns all models, ordered by name. */
    public List<StoredModel> list() {
        return models.values().stream().sorted(Comparator.comparing(StoredModel::name)).toList();
    }

    /**
     * Deletes a model.
     *
     * @return false if the model does not exist
     */
    public synchronized boolean delete(String name) {
        boolean deleted = models.remove(name) != null;
        if (deleted && blobStore != null) {
            blobStore.delete(name);
        }
        return deleted;
    }
}
