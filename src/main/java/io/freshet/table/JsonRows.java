package io.freshet.table;

import java.io.IOException;
import java.io.InputStream;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.core.json.JsonReadFeature;

import io.freshet.table.ColumnBuilder.Kind;

/**
 * Feeds a {@link TableBuilder} from JSON: an array of objects, or consecutive objects. Nested objects become columns named by
 * dotted paths; an array is one value, its JSON text.
 */
final class JsonRows {

    private static final int DEEPEST = 32;
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEEPEST)
                    .maxStringLength(CsvRows.MAX_FIELD_LENGTH).build())
            .build();

    private final TableBuilder table;
    private final JsonParser parser;
    private final FieldText text = new FieldText();
    private @Nullable String firstArray;

    private JsonRows(TableBuilder table, JsonParser parser) {
        this.table = table;
        this.parser = parser;
    }

    static void read(InputStream in, TableBuilder table, TableFormat format, ReadOptions options) throws IOException {
        try (JsonParser parser = FACTORY.createParser(new DecodedText(in, options.charset()))) {
            new JsonRows(table, parser).elements(format == TableFormat.JSON && options.overrides().isEmpty());
        } catch (JsonEOFException e) {
            throw new TableException(table.isInRow() ? "the JSON is cut off in element " + table.rows()
                    : "the JSON array is not closed after element " + table.rows());
        } catch (StreamConstraintsException e) {
            throw new TableException("element " + Math.max(1, table.rows()) + " is too large: nested deeper than " + DEEPEST
                    + " levels, or with a string of more than " + CsvRows.MAX_FIELD_LENGTH + " characters, a name of more than "
                    + StreamReadConstraints.DEFAULT_MAX_NAME_LEN + " or a number of more than "
                    + StreamReadConstraints.DEFAULT_MAX_NUM_LEN);
        } catch (JsonProcessingException e) {
            throw new TableException("invalid JSON in or after element " + table.rows() + " (line "
                    + e.getLocation().getLineNr() + ", column " + e.getLocation().getColumnNr() + "): "
                    + JsonErrors.cause(e));
        }
    }

    /**
     * @param whole whether the input is one JSON document of unknown columns, so that one object is hardly a table of one row
     */
    private void elements(boolean whole) throws IOException {
        JsonFields root = JsonFields.root(table);
        JsonToken token = parser.nextToken();
        boolean array = token == JsonToken.START_ARRAY;
        if (array) {
            token = parser.nextToken();
        }
        for (; token != null && !(array && token == JsonToken.END_ARRAY); token = parser.nextToken()) {
            if (token != JsonToken.START_OBJECT) {
                throw new TableException("element " + (table.rows() + 1) + " is not a JSON object but " + describe(token)
                        + " (line " + parser.currentLocation().getLineNr() + ")");
            }
            table.beginRow();
            object(root);
            table.endRow();
        }
        if (whole && !array && table.rows() == 1) {
            throw new TableException("expected an array of objects, not one object"
                    + (firstArray == null ? "" : "; its field " + firstArray + " holds an array"));
        }
        if (array && parser.nextToken() != null) {
            throw new TableException("unexpected content after the JSON array (line "
                    + parser.currentLocation().getLineNr() + ")");
        }
    }

    private void object(JsonFields fields) throws IOException {
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            JsonFields field = fields.field(parser.currentName());
            JsonToken value = parser.nextToken();
            if (value == JsonToken.START_OBJECT) {
                field.object();
                object(field);
            } else {
                value(field, value);
            }
        }
    }

    private void value(JsonFields field, JsonToken value) throws IOException {
        ColumnBuilder column = field.column();
        if (!column.visit(table.rows())) {
            throw new TableException("element " + table.rows() + " has the field " + field.path() + " twice");
        }
        switch (value) {
            case VALUE_STRING -> put(column, Kind.STRING);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> put(column, Kind.NUMBER);
            case VALUE_TRUE, VALUE_FALSE -> put(column, Kind.BOOLEAN);
            case START_ARRAY -> {
                firstArray = firstArray == null ? field.path() : firstArray;
                text.set(arrayText());
                table.put(column, text, Kind.ARRAY);
            }
            default -> {
                // null: the column exists, but the row has no value
            }
        }
    }

    private void put(ColumnBuilder column, Kind kind) throws IOException {
        text.set(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
        table.put(column, text, kind);
    }

    private String arrayText() throws IOException {
        LimitedWriter writer = new LimitedWriter(CsvRows.MAX_FIELD_LENGTH, "the array in element " + table.rows());
        try (JsonGenerator generator = FACTORY.createGenerator(writer)) {
            generator.copyCurrentStructure(parser);
        }
        return writer.toString();
    }

    private static String describe(JsonToken token) {
        return switch (token) {
            case VALUE_STRING -> "a string";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
            case VALUE_TRUE, VALUE_FALSE -> "a boolean";
            case VALUE_NULL -> "null";
            case START_ARRAY -> "an array";
            default -> "something else";
        };
    }
}
