package io.freshet.source;

import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

import io.freshet.codec.RecordBatch;
import io.freshet.model.ColumnDrift;
import io.freshet.model.ShapeScores;
import io.freshet.model.ShapeWatch;
import io.freshet.table.Schema;

/**
 * A source of rows of a model whose distributions are watched: each second some rows are compared with the model, those of a
 * slow stream all, those of a fast one a small part.
 */
public final class ScoredSource implements Source {

    private static final long SECOND = 1_000_000_000L;

    private final ModelSource source;
    private final int rowsPerSecond;
    private final LongSupplier nanos;
    private long secondBegan;
    private long seen;
    private @Nullable ModelVersion watched;
    private volatile @Nullable ShapeWatch watch;

    /**
     * @param rowsPerSecond when so many rows of a second were looked at, the others are not
     * @param nanos a steady clock
     */
    public ScoredSource(ModelSource source, int rowsPerSecond, LongSupplier nanos) {
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

    /** What is compared with is made when the first rows of a version are looked at. */
    private ShapeWatch current() {
        ModelVersion drawnFrom = source.version();
        ShapeWatch current = watch;
        if (current == null || !drawnFrom.equals(watched)) {
            current = ShapeWatch.of(drawnFrom.model(), source.conditions());
            watch = current;
            watched = drawnFrom;
        }
        return current;
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
