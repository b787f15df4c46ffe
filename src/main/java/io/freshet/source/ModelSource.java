package io.freshet.source;

import org.jspecify.annotations.Nullable;

import io.freshet.codec.RecordBatch;
import io.freshet.model.RowGenerator;
import io.freshet.table.RowBatch;

/** Rows drawn from a model: row <i>i</i> is the same whenever it is asked for. */
public final class ModelSource implements Source {

    private final RowGenerator generator;
    private final int capacity;

    /**
     * @param capacity the most records asked for at once
     */
    public ModelSource(RowGenerator generator, int capacity) {
        this.generator = generator;
        this.capacity = capacity;
    }

    @Override
    public RecordBatch next(long position, int records, @Nullable RecordBatch reuse) {
        RecordBatch.Rows rows = reuse instanceof RecordBatch.Rows used ? used
                : new RecordBatch.Rows(generator.newBatch(capacity));
        RowBatch batch = rows.rows();
        generator.fill(batch, position, records);
        return rows;
    }
}
