package io.freshet.source;

import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.freshet.codec.RecordBatch;
import io.freshet.model.RowGenerator;
import io.freshet.table.RowBatch;
import io.freshet.table.Schema;

/** Rows drawn from a model: row <i>i</i> is the same whenever it is asked for. */
public final class ModelSource implements Source {

    private final RowGenerator generator;
    private final int capacity;
    private final Schema schema;

    /**
     * @param capacity the most records asked for at once
     */
    public ModelSource(RowGenerator generator, int capacity) {
        this.generator = generator;
        this.capacity = capacity;
        this.schema = generator.newBatch(1).schema();
    }

    @Override
    public Optional<Schema> schema() {
        return Optional.of(schema);
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
