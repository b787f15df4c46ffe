package io.freshet.table;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The finished columns of a table, in order; the columns of objects that may be missing come before what is in them. */
final class TableColumns {

    private final long rows;
    private final int sampled;
    private final Map<List<String>, ObjectPresence> objects;
    private final List<Column> schema = new ArrayList<>();
    private final List<ColumnVector> vectors = new ArrayList<>();
    private final List<Long> missing = new ArrayList<>();
    private final List<List<Long>> counts = new ArrayList<>();

    /** @param columns all columns that will be added */
    TableColumns(long rows, int sampled, List<ColumnBuilder> columns, List<ObjectPresence> objects) {
        this.rows = rows;
        this.sampled = sampled;
        this.objects = optional(columns, objects);
    }

    /** Returns the objects that are missing in some of the rows that have the object around them, by their paths. */
    private Map<List<String>, ObjectPresence> optional(List<ColumnBuilder> columns, List<ObjectPresence> all) {
        Set<List<String>> taken = new HashSet<>();
        Set<String> names = new HashSet<>();
        columns.forEach(column -> {
            taken.add(column.path());
            names.add(column.name());
        });
        Map<List<String>, ObjectPresence> byPath = new HashMap<>();
        all.forEach(object -> byPath.put(object.path(), object));
        Map<List<String>, ObjectPresence> optional = new HashMap<>();
        for (ObjectPresence object : all) {
            List<String> path = object.path();
            ObjectPresence around = byPath.get(path.subList(0, path.size() - 1));
            boolean blocked = names.contains(object.name());
            for (int steps = 1; steps <= path.size() && !blocked; steps++) {
                blocked = taken.contains(path.subList(0, steps));
            }
            if (object.values() < (around == null ? rows : around.values()) && !blocked) {
                optional.put(path, object);
            }
        }
        return optional;
    }

    /** Adds the object at a path, and those around it, unless every row has them. */
    void addObjects(List<String> path) {
        for (int steps = 1; steps <= path.size(); steps++) {
            ObjectPresence object = objects.remove(path.subList(0, steps));
            if (object != null) {
                FinishedColumn finished = object.finish(sampled);
                add(new Column(object.name(), finished.type(), true, object.path()), finished);
            }
        }
    }

    void add(ColumnBuilder column, FinishedColumn finished) {
        addObjects(column.path());
        add(new Column(column.name(), finished.type(), rows > finished.values(), column.path(), column.isArray(),
                finished.format()).withAbsent(rows > finished.values() ? column.missingText() : ""), finished);
    }

    private void add(Column column, FinishedColumn finished) {
        schema.add(column);
        vectors.add(finished.vector());
        missing.add(rows - finished.values());
        counts.add(finished.counts());
    }

    TableSample sample(List<Notice> notices) {
        RowBatch batch = RowBatch.wrap(new Schema(schema), vectors);
        batch.hold(0, sampled);
        return new TableSample(batch, rows, missing, counts, notices);
    }
}
