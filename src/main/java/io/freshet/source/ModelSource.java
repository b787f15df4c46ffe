package io.freshet.source;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.freshet.codec.RecordBatch;
import io.freshet.model.ColumnDrift;
import io.freshet.model.ConditionException;
import io.freshet.model.Conditions;
import io.freshet.model.RowGenerator;
import io.freshet.table.RowBatch;
import io.freshet.table.Schema;

/**
 * Rows drawn from a model: row <i>i</i> is the same whenever it is asked for, as long as the model is. When the model
 * changes, the next batch is drawn from the new version; if its rows cannot meet the conditions, the old one goes on.
 */
public final class ModelSource implements Source {

    /**
     * @param seed of the rows
     * @param conditions that rows satisfy
     * @param capacity the most records asked for at once
     * @param batchSize how many records make a batch, which is never of two versions
     */
    public record Settings(long seed, Conditions conditions, int capacity, int batchSize) {
    }

    private final Supplier<Optional<ModelVersion>> newest;
    private final Settings settings;
    private ModelVersion version;
    private RowGenerator generator;
    private Schema schema;
    private ModelVersion refused;
    private volatile SourceStatus status;
    private volatile List<ColumnDrift> drift;

    /**
     * @param first the version to begin with
     * @param newest the version there is; asked at the beginning of each batch, and empty if there is none any more
     * @throws ConditionException if no row of the model can meet the conditions
     */
    public ModelSource(ModelVersion first, Supplier<Optional<ModelVersion>> newest, Settings settings) {
        this.newest = newest;
        this.settings = settings;
        this.version = first;
        this.generator = first.model().generator(settings.seed(), settings.conditions());
        this.schema = first.model().schema();
        this.refused = first;
        this.status = new SourceStatus(first.version(), null);
        this.drift = first.drift();
    }

    @Override
    public Optional<Schema> schema() {
        return Optional.of(schema);
    }

    @Override
    public RecordBatch next(long position, int records, @Nullable RecordBatch reuse) {
        if (position % settings.batchSize() == 0) {
            newest.get().ifPresent(this::goOver);
        }
        // the vectors of one version do not serve another
        RecordBatch.Rows rows = reuse instanceof RecordBatch.Rows used && isOwn(used.rows()) ? used
                : new RecordBatch.Rows(generator.newBatch(settings.capacity()));
        generator.fill(rows.rows(), position, records);
        return rows;
    }

    @SuppressWarnings("ReferenceEquality") // versions may have equal schemas and other dictionaries
    private boolean isOwn(RowBatch rows) {
        return rows.schema() == schema;
    }

    private void goOver(ModelVersion other) {
        if (other.equals(version) || other.equals(refused)) {
            return;
        }
        drift = other.drift();
        try {
            generator = other.model().generator(settings.seed(), settings.conditions());
            schema = other.model().schema();
            version = other;
            status = new SourceStatus(other.version(), null);
        } catch (ConditionException e) {
            refused = other;
            status = new SourceStatus(version.version(), "version " + other.version() + " is not used: " + e.getMessage());
        }
    }

    /** The version that rows are drawn from. */
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

    /** Of the newest version, also when that is refused. */
    @Override
    public List<ColumnDrift> drift() {
        return drift;
    }
}
