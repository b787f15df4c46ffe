package io.freshet.table;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.freshet.table.ColumnBuilder.Kind;

/**
 * Takes a table row by row. Row <i>n</i> beyond the sample replaces a random sampled row with probability sample size / n (J.
 * S.
 * Vitter, <i>Random sampling with a reservoir</i>, 1985, algorithm R, doi:10.1145/3147.3165), always with the same random
 * numbers.
 */
final class TableBuilder {

    private static final int FEWEST_ROWS = 1_000;
    static final int MOST_COLUMNS = 20_000;

    private final ReadOptions options;
    private final Map<String, ColumnBuilder> byName = new LinkedHashMap<>();
    private final List<ColumnBuilder> columns = new ArrayList<>();
    private int sampleRows = Integer.MAX_VALUE;
    private long rows;
    private int slots;
    private int slot;
    private long state = 0x5DEECE66DL;

    TableBuilder(ReadOptions options) {
        this.options = options;
    }

    /** The column of this name, new or known. */
    ColumnBuilder column(String name) {
        ColumnBuilder known = byName.get(name);
        if (known == null) {
            if (columns.size() == MOST_COLUMNS) {
                throw new TableException("the table has more than " + MOST_COLUMNS + " columns");
            }
            if (name.isBlank()) {
                throw new TableException("column " + (columns.size() + 1) + " has no name");
            }
            known = new ColumnBuilder(name);
            byName.put(name, known);
            columns.add(known);
        }
        return known;
    }

    long rows() {
        return rows;
    }

    void beginRow() {
        rows++;
        if (slots < sampleRows && (slots < FEWEST_ROWS || slots < options.sampleCells() / Math.max(1, columns.size()))) {
            slot = slots++;
            return;
        }
        sampleRows = slots;
        state += 0x9E3779B97F4A7C15L;
        long random = (state ^ (state >>> 30)) * 0xBF58476D1CE4E5B9L;
        random = (random ^ (random >>> 27)) * 0x94D049BB133111EBL;
        long chosen = Long.remainderUnsigned(random ^ (random >>> 31), rows);
        slot = chosen < slots ? (int) chosen : -1;
        if (slot >= 0) {
            columns.forEach(column -> column.clear(slot));
        }
    }

    void put(ColumnBuilder column, String text, Kind kind) {
        column.put(slot, text, kind);
    }

    TableSample build() {
        if (columns.isEmpty()) {
            throw new TableException("the input is empty: it has no columns");
        }
        if (rows == 0) {
            throw new TableException("the input has a header but no rows");
        }
        Set<String> unknown = new HashSet<>(options.overrides().keySet());
        unknown.removeAll(byName.keySet());
        if (!unknown.isEmpty()) {
            throw new TableException("there is no column " + unknown.iterator().next() + " to give a type to; there are "
                    + String.join(", ", byName.keySet()));
        }
        List<Column> schema = new ArrayList<>();
        List<ColumnVector> vectors = new ArrayList<>();
        List<Long> missing = new ArrayList<>();
        List<List<Long>> counts = new ArrayList<>();
        for (ColumnBuilder column : columns) {
            ColumnType type = new TypeInference(column).infer(options.overrides().get(column.name()));
            FinishedColumn finished = FinishedColumn.of(column, type, slots);
            long absent = rows - finished.values();
            schema.add(new Column(column.name(), type, absent > 0));
            vectors.add(finished.vector());
            missing.add(absent);
            counts.add(finished.counts());
        }
        RowBatch batch = RowBatch.wrap(new Schema(schema), vectors);
        batch.hold(0, slots);
        return new TableSample(batch, rows, missing, counts);
    }
}
