package io.freshet.codec;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import io.freshet.event.Event;
import io.freshet.event.WrittenEvents;
import io.freshet.table.Column;
import io.freshet.table.RowBatch;
import io.freshet.table.RowRecords;

/**
 * Records as maps that may be changed: String, Boolean, Long, Double, BigDecimal, List, Map and null. For programs that look at
 * records one by one.
 */
public final class FieldMaps {

    private static final JsonFactory JSON = new JsonFactory();

    private FieldMaps() {
    }

    /**
     * All records of a batch, each a map of its own.
     *
     * @return null in the place of a record that is no JSON object
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
        List<Column> nested = rows.schema().columns().stream().filter(column -> column.path().size() > 1).toList();
        RowRecords records = RowRecords.of(rows);
        for (int row = 0; row < records.size(); row++) {
            Map<String, @Nullable Object> fields = records.copy(row);
            for (Column column : nested) {
                nest(fields, column);
            }
            maps.add(fields);
        }
    }

    /** Has a column stand where its path says, unless something else stands in the way. */
    @SuppressWarnings("unchecked")
    private static void nest(Map<String, @Nullable Object> fields, Column column) {
        Object value = fields.remove(column.name());
        Map<String, @Nullable Object> holder = fields;
        for (String step : column.path().subList(0, column.path().size() - 1)) {
            Object next = holder.computeIfAbsent(step, name -> new LinkedHashMap<String, @Nullable Object>());
            if (!(next instanceof Map)) {
                fields.put(column.name(), value);
                return;
            }
            holder = (Map<String, @Nullable Object>) next;
        }
        holder.put(column.path().get(column.path().size() - 1), value);
    }

    private static @Nullable Map<String, @Nullable Object> parse(WrittenEvents events, int event) {
        try (JsonParser parser = JSON.createParser(events.bytes(), events.start(event),
                events.end(event) - events.start(event))) {
            return parser.nextToken() == JsonToken.START_OBJECT ? object(parser) : null;
        } catch (IOException e) {
            return null;
        }
    }

    private static Map<String, @Nullable Object> object(JsonParser parser) throws IOException {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            fields.put(name, value(parser));
        }
        return fields;
    }

    private static @Nullable Object value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> {
                List<@Nullable Object> list = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    list.add(value(parser));
                }
                yield list;
            }
            case VALUE_STRING -> parser.getText();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            case VALUE_NUMBER_INT -> parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                    ? new java.math.BigDecimal(parser.getBigIntegerValue())
                    : (Object) parser.getLongValue();
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            default -> throw new IOException("the object ends too early");
        };
    }

    /** Somebody else may hold what is in an event. */
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
