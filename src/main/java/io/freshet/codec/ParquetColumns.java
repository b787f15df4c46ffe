package io.freshet.codec;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

import io.freshet.parquet.ColumnKind;
import io.freshet.parquet.FileColumn;
import io.freshet.table.Column;
import io.freshet.table.ColumnType;
import io.freshet.table.Schema;

/**
 * The columns of a Parquet file for rows of a schema. Fields of nested objects become fields of groups, which are optional if
 * the object is missing in some rows; arrays are texts of the logical type JSON, because their elements may be of any type.
 */
final class ParquetColumns {

    /** The key in the footer under which a column's date format is kept, before the column's name. */
    static final String FORMAT_KEY = "freshet.format.";

    private ParquetColumns() {
    }

    static List<FileColumn> of(Schema schema, boolean metadata) {
        List<FileColumn> columns = new ArrayList<>();
        Set<List<String>> leaves = new HashSet<>();
        Set<List<String>> objects = new HashSet<>();
        schema.columns().forEach(column -> (column.isObject() ? objects : leaves).add(column.path()));
        for (Column column : schema.columns()) {
            if (isWritten(column, metadata)) {
                columns.add(column(column, leaves, objects));
            }
        }
        if (metadata) {
            columns.add(new FileColumn(List.of(BatchMetadata.GENERATED_AT), ColumnKind.TIMESTAMP, 0, false));
            columns.add(new FileColumn(List.of(BatchMetadata.BATCH_ID), ColumnKind.TEXT, 0, false));
        }
        return columns;
    }

    /** Returns whether a column of the schema is a column of the file. */
    static boolean isWritten(Column column, boolean metadata) {
        return !column.isObject() && !(metadata && Layout.METADATA.contains(column.name()));
    }

    private static FileColumn column(Column column, Set<List<String>> leaves, Set<List<String>> objects) {
        List<String> path = path(column, leaves);
        List<Integer> optional = IntStream.range(0, column.path().size() - 1)
                .filter(step -> objects.contains(column.path().subList(0, step + 1))).boxed().toList();
        boolean nested = path.equals(column.path());
        boolean missing = column.type() instanceof ColumnType.Missing || !nested && !optional.isEmpty();
        return new FileColumn(path, kind(column), BinaryKind.scale(column.type()), column.nullable() || missing,
                nested ? optional : List.of());
    }

    /** Returns the path of a column; just its name if another column has the name of one of its groups. */
    private static List<String> path(Column column, Set<List<String>> leaves) {
        for (int length = 1; length < column.path().size(); length++) {
            if (leaves.contains(column.path().subList(0, length))) {
                return List.of(column.name());
            }
        }
        return column.path();
    }

    private static ColumnKind kind(Column column) {
        return switch (BinaryKind.of(column.type())) {
            case LONG -> column.int32() ? ColumnKind.INT : ColumnKind.LONG;
            case DECIMAL -> ColumnKind.DECIMAL;
            case DOUBLE -> ColumnKind.DOUBLE;
            case BOOL -> ColumnKind.BOOL;
            case DATE -> ColumnKind.DATE;
            case TIME -> ColumnKind.TIME;
            case TIMESTAMP -> ColumnKind.TIMESTAMP;
            case TIMESTAMP_MICROS -> ColumnKind.TIMESTAMP_MICROS;
            case TEXT, NOTHING ->
                column.isArray() || column.type() instanceof ColumnType.Json ? ColumnKind.JSON : ColumnKind.TEXT;
        };
    }

    /** Returns how the columns of dates and times write their values, for readers that want them as they were. */
    static Map<String, String> formats(Schema schema) {
        Map<String, String> formats = new LinkedHashMap<>();
        for (Column column : schema.columns()) {
            if (column.type() instanceof ColumnType.DateTime dateTime && BinaryKind.of(column.type()).isTemporal()) {
                formats.put(FORMAT_KEY + column.name(), dateTime.format().pattern());
            }
        }
        return formats;
    }
}
