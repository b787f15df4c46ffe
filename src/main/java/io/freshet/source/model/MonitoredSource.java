package io.freshet.source.model;

import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

import io.freshet.codec.RecordBatch;
import io.freshet.model.ColumnDrift;
import io.freshet.model.report.ShapeScores;
import io.freshet.model.report.ShapeWatch;
import io.freshet.source.Source;
import io.freshet.source.SourceStatus;
import io.freshet.table.Schema;

/**
 * A source of rows of a model whose distributions are monitored. Each second, some rows are compared with the model: all rows
 * of a slow stream, a small part of those of a fast one.
 */
public final class MonitoredSource implements Source {

    private static final long SECOND = 1_000_000_000L;

    private final ModelSource source;
    private final int rowsPerSecond;
    private final LongSupplier nanos;
    private long secondBegan;
    private long seen;
    private @Nullable ModelVersion watched;
    private volatile @Nullable ShapeWatch watch;

    /**
     * @param rowsPerSecond the maximum number of rows that are compared per second
     * @param nanos a monotonic clock
     */
    public MonitoredSource(ModelSource source, int rowsPerSecond, LongSupplier nanos) {
        this.source = source;
        this.rowsPerSecond = rowsPerSecond;
        this.nanos = nanos;
        this.secondBegan = nanos.getAsLong();
    }

    @Override
    public Optional<Schema> schema() {
        return source.schema();
    }

    @Override
    public RecordBatch next(long position, int records, @Nullable RecordBatch reuse) {
        RecordBatch batch = source.next(position, records, reuse);
        long now = nanos.getAsLong();
        if (now - secondBegan >= SECOND) {
            secondBegan = now;
            seen = 0;
        }
        if (seen < rowsPerSecond && batch instanceof RecordBatch.Rows rows) {
            seen += rows.size();
            current().look(rows.rows());
        }
        return batch;
    }

    /** Returns the watch of the current version, which is created when the first rows of the version are compared. */
    private ShapeWatch current() {
        ModelVersion drawnFrom = source.version();
        ShapeWatch current = watch;
        if (current == null || !drawnFrom.equals(watched)) {
            current = ShapeWatch.of(drawnFrom.model(), source.conditions(), nanos);
            watch = current;
            watched = drawnFrom;
        }
        return current;
    }

    @Override
    public @Nullable String failure() {
        return source.failure();
    }

    @Override
    public SourceStatus status() {
        return source.status();
    }

    @Override
    public List<ColumnDrift> drift() {
        return source.drift();
    }

    @Override
    public Optional<ShapeScores> shapes() {
        ShapeWatch current = watch;
        return current == null ? Optional.empty() : current.scores();
    }

    @Override
    public void close() {
        source.close();
    }
}
