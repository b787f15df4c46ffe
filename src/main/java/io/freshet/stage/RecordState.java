package io.freshet.stage;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/** Serialises records for the state of stages. */
final class RecordState {

    private static final int NULL = 0;
    private static final int TEXT = 1;
    private static final int WHOLE = 2;
    private static final int NUMBER = 3;
    private static final int DECIMAL = 4;
    private static final int TRUE = 5;
    private static final int FALSE = 6;
    private static final int LIST = 7;
    private static final int OBJECT = 8;

    private RecordState() {
    }

    static void write(StageRecord record, DataOutput out) throws IOException {
        out.writeLong(record.position());
        out.writeLong(record.time());
        write((Object) record.id(), out);
        write((Object) record.key(), out);
        write((Object) record.label(), out);
        write((Object) record.sinks(), out);
        write((Object) record.fields(), out);
    }

    @SuppressWarnings("unchecked")
    static StageRecord read(DataInput in) throws IOException {
        long position = in.readLong();
        long time = in.readLong();
        String id = (String) value(in);
        String key = (String) value(in);
        String label = (String) value(in);
        List<String> sinks = (List<String>) value(in);
        Map<String, @Nullable Object> fields = (Map<String, @Nullable Object>) value(in);
        if (fields == null) {
            throw new IOException("a record has no fields");
        }
        StageRecord record = StageRecord.of(position, id, time, fields);
        record.setKey(key);
        record.setLabel(label);
        if (sinks != null) {
            record.route(sinks);
        }
        return record;
    }

    private static void write(@Nullable Object value, DataOutput out) throws IOException {
        if (value == null) {
            out.writeByte(NULL);
        } else if (value instanceof Boolean truth) {
            out.writeByte(truth ? TRUE : FALSE);
        } else if (value instanceof Long || value instanceof Integer) {
            out.writeByte(WHOLE);
            out.writeLong(((Number) value).longValue());
        } else if (value instanceof Double number) {
            out.writeByte(NUMBER);
            out.writeDouble(number);
        } else if (value instanceof List<?> list) {
            out.writeByte(LIST);
            out.writeInt(list.size());
            for (Object each : list) {
                write(each, out);
            }
        } else if (value instanceof Map<?, ?> object) {
            out.writeByte(OBJECT);
            out.writeInt(object.size());
            for (Map.Entry<?, ?> field : object.entrySet()) {
                StageState.writeText(out, String.valueOf(field.getKey()));
                write(field.getValue(), out);
            }
        } else {
            out.writeByte(value instanceof BigDecimal ? DECIMAL : TEXT);
            StageState.writeText(out, value.toString());
        }
    }

    private static @Nullable Object value(DataInput in) throws IOException {
        int kind = in.readByte();
        return switch (kind) {
            case NULL -> null;
            case TRUE -> true;
            case FALSE -> false;
            case WHOLE -> in.readLong();
            case NUMBER -> in.readDouble();
            case LIST -> list(in);
            case OBJECT -> object(in);
            case DECIMAL -> new BigDecimal(StageState.readText(in));
            case TEXT -> StageState.readText(in);
            default -> throw new IOException("unknown kind of value: " + kind);
        };
    }

    private static List<@Nullable Object> list(DataInput in) throws IOException {
        List<@Nullable Object> list = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            list.add(value(in));
        }
        return list;
    }

    private static Map<String, @Nullable Object> object(DataInput in) throws IOException {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            object.put(StageState.readText(in), value(in));
        }
        return object;
    }
}
