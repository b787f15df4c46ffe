package io.freshet.model.fit;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import io.freshet.table.CodedVector;
import io.freshet.table.ColumnVector;
import io.freshet.table.FloatingVector;
import io.freshet.table.NumberVector;
import io.freshet.table.RowBatch;
import io.freshet.table.Schema;
import io.freshet.table.TableSample;
import io.freshet.table.TextDictionary;

/** Copies some rows and columns of a table into a table of their own. */
final class PickedRows {

    private final TableSample from;
    private final int[] rows;
    private final List<Long> missing = new ArrayList<>();
    private final List<List<Long>> counts = new ArrayList<>();

    private PickedRows(TableSample from, int[] rows) {
        this.from = from;
        this.rows = rows;
    }

    /** @param columns must not hold texts */
    static TableSample of(TableSample from, int[] columns, int[] rows) {
        return new PickedRows(from, rows).pick(columns);
    }

    private TableSample pick(int[] columns) {
        Schema schema = new Schema(IntStream.of(columns).mapToObj(from.schema()::column).toList());
        List<ColumnVector> vectors = IntStream.of(columns).mapToObj(c -> pick(from.rows().vector(c))).toList();
        RowBatch batch = RowBatch.wrap(schema, vectors);
        batch.hold(0, rows.length);
        return new TableSample(batch, rows.length, missing, counts);
    }

    private ColumnVector pick(ColumnVector vector) {
        missing.add(IntStream.of(rows).filter(vector::isMissing).count());
        if (vector instanceof CodedVector coded) {
            return coded(coded);
        }
        counts.add(List.of());
        if (vector instanceof NumberVector numbers) {
            NumberVector picked = NumberVector.create(rows.length);
            for (int i = 0; i < rows.length; i++) {
                picked.values()[i] = numbers.values()[rows[i]];
            }
            return picked;
        }
        FloatingVector picked = FloatingVector.create(rows.length);
        for (int i = 0; i < rows.length; i++) {
            picked.values()[i] = ((FloatingVector) vector).values()[rows[i]];
        }
        return picked;
    }

    private CodedVector coded(CodedVector vector) {
        CodedVector picked = CodedVector.create(rows.length, vector.dictionary());
        long[] ofCode = new long[vector.dictionary() instanceof TextDictionary ? vector.dictionary().size() : 0];
        for (int i = 0; i < rows.length; i++) {
            int code = vector.codes()[rows[i]];
            picked.codes()[i] = code;
            if (code < ofCode.length && !vector.isMissing(rows[i])) {
                ofCode[code]++;
            }
        }
        counts.add(LongStream.of(ofCode).boxed().toList());
        return picked;
    }
}
