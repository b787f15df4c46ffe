package io.freshet.table;

import java.util.List;

/**
 * Records which rows have a nested JSON object. Where some rows have null in its place, or no such field, this becomes a column
 * of its own, so that an object that is missing can be told from one without values.
 */
final class ObjectPresence {

    private final List<String> path;
    private final DistinctValues rows;
    private final FieldText object = new FieldText();
    private long values;

    ObjectPresence(List<String> path, MemoryUse memory) {
        this.path = List.copyOf(path);
        this.rows = new DistinctValues(memory);
        object.set(Column.OBJECT);
    }

    /** Records that a row has the object. */
    void put(long row, int slot) {
        rows.put(row, slot, object);
        values++;
    }

    void clear(int slot) {
        rows.clear(slot);
    }

    void keep(int[] slots) {
        rows.keep(slots);
    }

    List<String> path() {
        return path;
    }

    String name() {
        return String.join(".", path);
    }

    /** Returns how many rows have the object. */
    long values() {
        return values;
    }

    FinishedColumn finish(int sampled) {
        return FinishedColumn.constant(rows, new ColumnType.Constant(Column.OBJECT, Column.OBJECT), sampled);
    }
}
