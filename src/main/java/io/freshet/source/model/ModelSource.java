package io.freshet.source.model;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.freshet.codec.RecordBatch;
import io.freshet.model.ColumnDrift;
import io.freshet.model.ConditionException;
import io.freshet.model.Conditions;
import io.freshet.model.RowGenerator;
import io.freshet.source.Source;
import io.freshet.source.SourceStatus;
import io.freshet.table.RowBatch;
import io.freshet.table.Schema;

/**
 * Rows that are drawn from a model. Row <i>i</i> is the same whenever it is requested, as long as the model is unchanged. When
 * the model changes, the next batch is drawn from the new version. If its rows cannot meet the conditions, the old version
 * stays in use.
 */
public final class ModelSource implements Source {

    /**
     * @param seed the seed of the rows
     * @param conditions the conditions that rows satisfy
     * @param capacity the maximum number of records per request
     * @param batchSize how many records make a batch; a batch never mixes versions
     */
    public record Settings(long seed, Conditions conditions, int capacity, int batchSize) {
    }

    private final Supplier<Optional<ModelVersion>> newest;
    private final Settings settings;
    private ModelVersion version;
    private RowGenerator generator;
    /** The batches of the version in use. They cannot be reused for another, whose dictionaries differ. */
    private final Set<RowBatch> own = Collections.newSetFromMap(new WeakHashMap<>());
    private ModelVersion refused;
    private volatile SourceStatus status;
    private volatile List<ColumnDrift> drift;

    /**
     * @param first the version to begin with
     * @param newest returns the current version, or empty if the model no longer exists; called at the beginning of each batch
     * @throws ConditionException if no row of the model can meet the conditions
     */
    public ModelSource(ModelVersion first, Supplier<Optional<ModelVersion>> newest, Settings settings) {
        this.newest = newest;
        this.settings = settings;
        this.version = first;
        this.generator = first.model().generator(settings.seed(), settings.conditions());
        this.refused = first;
        this.status = new SourceStatus(first.version(), null);
        this.drift = first.drift();
    }

    @Override
    public Optional<Schema> schema() {
        return Optional.of(version.model().schema());
    }

    @Override
    public RecordBatch next(long position, int records, @Nullable RecordBatch reuse) {
        if (position % settings.batchSize() == 0) {
            newest.get().ifPresent(this::goOver);
        } else {
            newest.get().ifPresent(other -> announce(other, position));
        }
        RecordBatch.Rows rows = reuse instanceof RecordBatch.Rows used && own.contains(used.rows()) ? used : newBatch();
        generator.fill(rows.rows(), position, records);
        return rows;
    }

    private RecordBatch.Rows newBatch() {
        RowBatch rows = generator.newBatch(settings.capacity());
        own.add(rows);
        return new RecordBatch.Rows(rows);
    }

    /** Announces that a newer version exists, and from which record on it is used. */
    private void announce(ModelVersion other, long position) {
        if (!other.equals(version) && !other.equals(refused) && status.warning() == null) {
            long next = (position / settings.batchSize() + 1) * settings.batchSize();
            status = new SourceStatus(version.version(),
                    "version " + other.version() + " is used from record " + next + " on, with the next batch");
        }
    }

    private void goOver(ModelVersion other) {
        if (other.equals(version) || other.equals(refused)) {
            return;
        }
        drift = other.drift();
        try {
            generator = other.model().generator(settings.seed(), settings.conditions());
            own.clear();
            version = other;
            status = new SourceStatus(other.version(), null);
        } catch (ConditionException e) {
            refused = other;
            status = new SourceStatus(version.version(), "version " + other.version() + " is not used: " + e.getMessage());
        }
    }

    /** Returns the version from which rows are drawn. */
    ModelVersion version() {
        return version;
    }

    Conditions conditions() {
        return settings.conditions();
    }

    @Override
    public SourceStatus status() {
        return status;
    }

    /** Returns the drift of the newest version, even if that version is not used. */
    @Override
    public List<ColumnDrift> drift() {
        return drift;
    }
}
