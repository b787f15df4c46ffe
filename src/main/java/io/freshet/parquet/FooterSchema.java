package io.freshet.parquet;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.schema.DecimalMetadata;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.OriginalType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;
import org.jspecify.annotations.Nullable;

/** Translates the schema in a footer, which is a list of elements, to the tree of types that record assembly uses. */
final class FooterSchema {

    private static final int MAX_DEPTH = 32;

    private FooterSchema() {
    }

    static MessageType of(List<SchemaElement> elements) {
        Iterator<SchemaElement> rest = elements.iterator();
        SchemaElement root = rest.next();
        return new MessageType(root.getName(), fields(root, rest, 1));
    }

    private static List<Type> fields(SchemaElement group, Iterator<SchemaElement> rest, int depth) {
        if (depth > MAX_DEPTH) {
            throw new ParquetException("the columns of the Parquet file are nested deeper than " + MAX_DEPTH + " levels");
        }
        List<Type> fields = new ArrayList<>();
        for (int i = 0; i < group.getNum_children(); i++) {
            fields.add(type(rest.next(), rest, depth));
        }
        return fields;
    }

    private static Type type(SchemaElement element, Iterator<SchemaElement> rest, int depth) {
        Repetition repetition = Repetition.valueOf(element.getRepetition_type().name());
        LogicalTypeAnnotation logical = annotation(element);
        if (!element.isSetType()) {
            GroupType group = new GroupType(repetition, element.getName(), fields(element, rest, depth + 1));
            return logical == null ? group
                    : Types.buildGroup(repetition).addFields(group.getFields().toArray(Type[]::new)).as(logical)
                            .named(element.getName());
        }
        PrimitiveTypeName physical = switch (element.getType()) {
            case BOOLEAN -> PrimitiveTypeName.BOOLEAN;
            case INT32 -> PrimitiveTypeName.INT32;
            case INT64 -> PrimitiveTypeName.INT64;
            case INT96 -> PrimitiveTypeName.INT96;
            case FLOAT -> PrimitiveTypeName.FLOAT;
            case DOUBLE -> PrimitiveTypeName.DOUBLE;
            case BYTE_ARRAY -> PrimitiveTypeName.BINARY;
            case FIXED_LEN_BYTE_ARRAY -> PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY;
        };
        return Types.primitive(physical, repetition).length(element.getType_length()).as(logical).named(element.getName());
    }

    private static @Nullable LogicalTypeAnnotation annotation(SchemaElement element) {
        LogicalTypeAnnotation logical = element.isSetLogicalType() ? annotation(element.getLogicalType()) : null;
        if (logical != null || !element.isSetConverted_type()) {
            return logical;
        }
        ConvertedType converted = element.getConverted_type();
        return LogicalTypeAnnotation.fromOriginalType(OriginalType.valueOf(converted.name()),
                converted == ConvertedType.DECIMAL ? new DecimalMetadata(element.getPrecision(), element.getScale()) : null);
    }

    /** Returns the annotation, or null for types that do not matter here. */
    private static @Nullable LogicalTypeAnnotation annotation(LogicalType type) {
        if (!type.isSet()) {
            // a later version of the format has more types
            return null;
        }
        return switch (type.getSetField()) {
            case STRING -> LogicalTypeAnnotation.stringType();
            case ENUM -> LogicalTypeAnnotation.enumType();
            case JSON -> LogicalTypeAnnotation.jsonType();
            case BSON -> LogicalTypeAnnotation.bsonType();
            case UUID -> LogicalTypeAnnotation.uuidType();
            case DATE -> LogicalTypeAnnotation.dateType();
            case LIST -> LogicalTypeAnnotation.listType();
            case MAP -> LogicalTypeAnnotation.mapType();
            case FLOAT16 -> LogicalTypeAnnotation.float16Type();
            case DECIMAL -> LogicalTypeAnnotation.decimalType(type.getDECIMAL().getScale(), type.getDECIMAL().getPrecision());
            case INTEGER -> LogicalTypeAnnotation.intType(type.getINTEGER().getBitWidth(), type.getINTEGER().isIsSigned());
            case TIME -> LogicalTypeAnnotation.timeType(type.getTIME().isIsAdjustedToUTC(), unit(type.getTIME().getUnit()));
            case TIMESTAMP -> LogicalTypeAnnotation.timestampType(type.getTIMESTAMP().isIsAdjustedToUTC(),
                    unit(type.getTIMESTAMP().getUnit()));
            default -> null;
        };
    }

    private static TimeUnit unit(org.apache.parquet.format.TimeUnit unit) {
        return unit.isSetMILLIS() ? TimeUnit.MILLIS : unit.isSetMICROS() ? TimeUnit.MICROS : TimeUnit.NANOS;
    }

    /**
     * Returns the schema with only some of its top-level fields.
     *
     * @param columns the names of these fields; empty for all
     * @throws ParquetException if there is no such field
     */
    static MessageType project(MessageType schema, List<String> columns) {
        if (columns.isEmpty()) {
            return schema;
        }
        for (String column : columns) {
            if (!schema.containsField(column)) {
                throw new ParquetException("the Parquet file has no column " + column + "; it has " + String.join(", ",
                        schema.getFields().stream().map(Type::getName).toList()));
            }
        }
        return new MessageType(schema.getName(),
                schema.getFields().stream().filter(field -> columns.contains(field.getName())).toList());
    }
}
