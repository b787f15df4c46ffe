package io.freshet.parquet;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;

import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.RecordMaterializer;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/** Connects the columns of a file to a {@link RowReceiver}. Groups are nested fields; lists and maps become JSON. */
final class RowAssembly extends RecordMaterializer<Void> {

    private final GroupConverter root;

    RowAssembly(MessageType schema, RowReceiver receiver) {
        this.root = new Fields(converters(schema, List.of(), receiver), () -> {
        });
    }

    @Override
    public GroupConverter getRootConverter() {
        return root;
    }

    @Override
    @SuppressWarnings("NullAway") // the library expects null for records that only have effects
    public Void getCurrentRecord() {
        return null;
    }

    private static List<Converter> converters(GroupType group, List<String> path, RowReceiver receiver) {
        List<Converter> converters = new ArrayList<>();
        for (Type field : group.getFields()) {
            List<String> own = new ArrayList<>(path);
            own.add(field.getName());
            converters.add(converter(field, own, receiver));
        }
        return converters;
    }

    private static Converter converter(Type field, List<String> path, RowReceiver receiver) {
        if (isJson(field)) {
            return JsonValues.column(field, receiver.column(path));
        }
        if (!field.isPrimitive()) {
            return new Fields(converters(field.asGroupType(), path, receiver), receiver.group(path));
        }
        LongFunction<String> printer = receiver.timePrinter(path);
        return new ValueConverter(ValueText.of(field.asPrimitiveType(), printer), receiver.column(path));
    }

    /** Returns whether a field may hold several values, or is a map. */
    private static boolean isJson(Type field) {
        @Nullable
        LogicalTypeAnnotation logical = field.getLogicalTypeAnnotation();
        return field.isRepetition(Type.Repetition.REPEATED)
                || logical instanceof LogicalTypeAnnotation.ListLogicalTypeAnnotation
                || logical instanceof LogicalTypeAnnotation.MapLogicalTypeAnnotation
                || logical instanceof LogicalTypeAnnotation.MapKeyValueTypeAnnotation;
    }

    /** The fields of a record or group, each of which takes its values itself. */
    private static final class Fields extends GroupConverter {
        private final List<Converter> converters;
        private final Runnable start;

        Fields(List<Converter> converters, Runnable start) {
            this.converters = List.copyOf(converters);
            this.start = start;
        }

        @Override
        public Converter getConverter(int field) {
            return converters.get(field);
        }

        @Override
        public void start() {
            start.run();
        }

        @Override
        public void end() {
            // each field has its own receiver
        }
    }
}
