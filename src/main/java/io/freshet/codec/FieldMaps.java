package io.freshet.codec;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import io.freshet.event.Event;
import io.freshet.event.JsonEventBuffer;
import io.freshet.table.Column;
import io.freshet.table.JsonContents;
import io.freshet.table.RowBatch;
import io.freshet.table.RowRecords;

/**
 * Converts records to mutable maps of String, Boolean, Long, Double, BigDecimal, List, Map and null, for code that processes
 * records one by one.
 */
public final class FieldMaps {

    private static final JsonFactory JSON = new JsonFactory();

    private FieldMaps() {
    }

    /**
     * Converts all records of a batch, each to its own map.
     *
     * @return the maps, with null in place of a record that is not a JSON object
     */
    public static List<@Nullable Map<String, @Nullable Object>> of(RecordBatch batch) {
        List<@Nullable Map<String, @Nullable Object>> maps = new ArrayList<>(batch.size());
        if (batch instanceof RecordBatch.Rows rows) {
            rows(rows.rows(), maps);
        } else if (batch instanceof RecordBatch.Written written) {
            for (int i = 0; i < written.size(); i++) {
                maps.add(parse(written.events(), i));
            }
        } else {
            for (Event event : ((RecordBatch.Events) batch).events()) {
                maps.add(copy(event.fields()));
            }
        }
        return maps;
    }

    private static void rows(RowBatch rows, List<@Nullable Map<String, @Nullable Object>> maps) {
        List<Column> nested = rows.schema().columns().stream().filter(column -> column.isNested() || column.isObject())
                .toList();
        RowRecords records = RowRecords.of(rows);
        for (int row = 0; row < records.size(); row++) {
            Map<String, @Nullable Object> fields = records.copy(row);
            Set<List<String>> missing = new HashSet<>();
            for (Column column : nested) {
                nest(fields, column, missing);
            }
            maps.add(fields);
        }
    }

    /**
     * Moves a column to the place that its path names, unless a value other than an object is in the way. What is in an object
     * that is missing is dropped.
     *
     * @param missing the paths of the objects that the row does not have, to which this adds
     */
    @SuppressWarnings("unchecked")
    private static void nest(Map<String, @Nullable Object> fields, Column column, Set<List<String>> missing) {
        Object value = fields.get(column.name());
        if (column.isObject() && value == null) {
            missing.add(column.path());
        } else if (column.isObject()) {
            value = new LinkedHashMap<String, @Nullable Object>();
        }
        if (column.isNested()) {
            fields.remove(column.name());
        }
        Map<String, @Nullable Object> holder = fields;
        for (int step = 1; step < column.path().size(); step++) {
            if (missing.contains(column.path().subList(0, step))) {
                return;
            }
            Object next = holder.computeIfAbsent(column.path().get(step - 1),
                    name -> new LinkedHashMap<String, @Nullable Object>());
            if (!(next instanceof Map)) {
                fields.put(column.name(), value);
                return;
            }
            holder = (Map<String, @Nullable Object>) next;
        }
        holder.put(column.path().get(column.path().size() - 1), value);
    }

    private static @Nullable Map<String, @Nullable Object> parse(JsonEventBuffer events, int event) {
        try (JsonParser parser = JSON.createParser(events.bytes(), events.start(event),
                events.end(event) - events.start(event))) {
            return parser.nextToken() == JsonToken.START_OBJECT ? JsonContents.object(parser) : null;
        } catch (IOException e) {
            return null;
        }
    }

    /** Copies the fields deeply, because the contents of an event may be shared. */
    private static Map<String, @Nullable Object> copy(Map<?, ?> from) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        from.forEach((name, value) -> fields.put(String.valueOf(name), copyOf(value)));
        return fields;
    }

    private static @Nullable Object copyOf(@Nullable Object value) {
        if (value instanceof Map<?, ?> object) {
            return copy(object);
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> elements = new ArrayList<>();
            list.forEach(element -> elements.add(copyOf(element)));
            return elements;
        }
        return value;
    }
}
