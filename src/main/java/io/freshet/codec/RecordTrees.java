package io.freshet.codec;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.freshet.table.Column;
import io.freshet.table.NestedFields;
import io.freshet.table.RowBatch;
import io.freshet.table.RowRecords;
import io.freshet.table.Schema;

/** The rows of a batch as nested maps, as JSON has them. */
final class RecordTrees {

    private final Schema schema;
    private final RowRecords rows;

    private RecordTrees(Schema schema, RowRecords rows) {
        this.schema = schema;
        this.rows = rows;
    }

    static RecordTrees of(RowBatch batch) {
        return new RecordTrees(batch.schema(), RowRecords.of(batch));
    }

    Map<String, @Nullable Object> record(int row) {
        Map<String, @Nullable Object> flat = rows.copy(row);
        Map<String, @Nullable Object> record = new LinkedHashMap<>();
        for (Column column : schema.columns()) {
            Object value = flat.get(column.name());
            NestedFields.put(record, column.path(), value != null && column.isObject() ? new LinkedHashMap<>() : value);
        }
        return record;
    }
}
