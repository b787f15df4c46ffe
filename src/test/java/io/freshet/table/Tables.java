package io.freshet.table;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/** Reads tables from literals, and returns their columns as texts. */
final class Tables {

    private Tables() {
    }

    static TableSample csv(String text) {
        return read(text.getBytes(StandardCharsets.UTF_8), TableFormat.CSV, ReadOptions.defaults());
    }

    static TableSample csv(String text, String column, String type) {
        return read(text.getBytes(StandardCharsets.UTF_8), TableFormat.CSV,
                ReadOptions.defaults().withOverrides(Map.of(column, type)));
    }

    /** Returns a table of one column, named x, with these values. */
    static TableSample column(String... values) {
        return csv("x\n" + String.join("\n", values) + "\n");
    }

    static TableSample json(String text) {
        return read(text.getBytes(StandardCharsets.UTF_8), TableFormat.JSON, ReadOptions.defaults());
    }

    static TableSample read(byte[] bytes, TableFormat format, ReadOptions options) {
        try {
            return TableReader.read(new ByteArrayInputStream(bytes), format, options);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns why a table is rejected. */
    static String refusal(Runnable reading) {
        return catchThrowableOfType(TableException.class, reading::run).getMessage();
    }

    static ColumnType type(TableSample table, String column) {
        return table.schema().column(table.schema().indexOf(column)).type();
    }

    static String typeName(TableSample table, String column) {
        return type(table, column).typeName();
    }

    static long missing(TableSample table, String column) {
        return table.missing().get(table.schema().indexOf(column));
    }

    /** Returns the sampled values as texts, null for missing ones. */
    static List<@Nullable String> values(TableSample table, String column) {
        int index = table.schema().indexOf(column);
        ColumnType type = table.schema().column(index).type();
        ColumnVector vector = table.rows().vector(index);
        List<@Nullable String> texts = new ArrayList<>();
        for (int row = 0; row < table.rows().size(); row++) {
            texts.add(vector.isMissing(row) ? null : text(vector, type, row));
        }
        return texts;
    }

    private static String text(ColumnVector vector, ColumnType type, int row) {
        if (vector instanceof CodedVector coded) {
            return ((TextDictionary) coded.dictionary()).text(coded.codes()[row]);
        }
        if (vector instanceof TextVector texts) {
            return texts.text(row);
        }
        if (vector instanceof FloatingVector doubles) {
            return Double.toString(doubles.values()[row]);
        }
        long number = ((NumberVector) vector).values()[row];
        return type instanceof ColumnType.DateTime dateTime ? dateTime.format().print(number) : Long.toString(number);
    }
}
