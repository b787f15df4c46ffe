package io.freshet.model.meaning;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.freshet.model.RowGenerator;
import io.freshet.table.ColumnVector;
import io.freshet.table.RowBatch;
import io.freshet.table.TextVector;

/** Draws the rows of a {@link MeaningModel}: first the row of the inner model, then the texts, column by column. */
final class MeaningGenerator implements RowGenerator {

    private final MeaningModel model;
    private final RowGenerator inner;
    private final long seed;
    private final List<TextWriter> writers = new ArrayList<>();
    private @Nullable RowBatch last;
    private @Nullable RowBatch innerOfLast;

    MeaningGenerator(MeaningModel model, RowGenerator inner, long seed) {
        this.model = model;
        this.inner = inner;
        this.seed = seed;
        model.plan().columns().forEach(column -> writers.add(new TextWriter(column, seed)));
    }

    @Override
    public RowBatch newBatch(int capacity) {
        RowBatch drawn = inner.newBatch(capacity);
        List<ColumnVector> vectors = new ArrayList<>();
        for (int c = 0; c < model.schema().size(); c++) {
            vectors.add(drawn.vector(c));
        }
        model.plan().columns().forEach(column -> vectors.set(column.index(), TextVector.create(capacity)));
        return RowBatch.wrap(model.schema(), vectors);
    }

    @Override
    public void fill(RowBatch batch, long firstRow, int rows) {
        RowBatch drawn = innerOf(batch);
        inner.fill(drawn, firstRow, rows);
        batch.hold(firstRow, rows);
        RowTexts row = new RowTexts(batch, seed);
        for (int w = 0; w < writers.size(); w++) {
            int index = model.plan().columns().get(w).index();
            TextVector texts = (TextVector) batch.vector(index);
            ColumnVector present = drawn.vector(index);
            texts.clear();
            for (int i = 0; i < rows; i++) {
                if (present.isMissing(i)) {
                    texts.setMissing(i);
                } else {
                    writers.get(w).write(row, i, firstRow + i, texts);
                }
            }
        }
    }

    /** Returns the batch with separate vectors for the text columns, with the types that the inner model expects. */
    private RowBatch innerOf(RowBatch batch) {
        RowBatch known = innerOfLast;
        if (last != batch || known == null) {
            RowBatch drawn = inner.newBatch(batch.capacity());
            List<ColumnVector> vectors = new ArrayList<>();
            for (int c = 0; c < drawn.schema().size(); c++) {
                vectors.add(c < batch.schema().size() ? batch.vector(c) : drawn.vector(c));
            }
            model.plan().columns().forEach(column -> vectors.set(column.index(), drawn.vector(column.index())));
            known = RowBatch.wrap(drawn.schema(), vectors);
            innerOfLast = known;
            last = batch;
        }
        return known;
    }
}
