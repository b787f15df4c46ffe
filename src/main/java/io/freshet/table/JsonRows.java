package io.freshet.table;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.Set;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;

import io.freshet.table.ColumnBuilder.Kind;

/**
 * Feeds a {@link TableBuilder} from JSON: an array of objects, or objects one after the other. Nested objects become columns
 * named by
 * dotted paths; arrays become the text of their JSON.
 */
final class JsonRows {

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(com.fasterxml.jackson.core.json.JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();
    private static final int DEEPEST = 32;

    private JsonRows() {
    }

    static void read(InputStream in, TableBuilder table) throws IOException {
        try (JsonParser parser = FACTORY.createParser(CsvRows.decoded(in))) {
            parser.disable(JsonParser.Feature.AUTO_CLOSE_SOURCE);
            JsonToken token = parser.nextToken();
            boolean array = token == JsonToken.START_ARRAY;
            if (array) {
                token = parser.nextToken();
            }
            while (token != null && token != JsonToken.END_ARRAY) {
                if (token != JsonToken.START_OBJECT) {
                    throw new TableException("element " + (table.rows() + 1) + " is no JSON object but " + describe(token)
                            + at(parser));
                }
                table.beginRow();
                object(parser, "", table, new HashSet<>(), 1);
                token = parser.nextToken();
            }
            if (array && token == null) {
                throw new TableException("the JSON array is not closed after element " + table.rows());
            }
        } catch (JsonProcessingException e) {
            throw new TableException("element " + Math.max(1, table.rows()) + " is no valid JSON: " + e.getOriginalMessage()
                    + (e.getLocation() == null ? "" : " (line " + e.getLocation().getLineNr() + ")"));
        } catch (java.nio.charset.CharacterCodingException e) {
            throw new TableException("the text is not valid UTF-8, shortly after element " + table.rows());
        }
    }

    private static void object(JsonParser parser, String prefix, TableBuilder table, Set<String> seen, int depth)
            throws IOException {
        if (depth > DEEPEST) {
            throw new TableException("element " + table.rows() + " is nested deeper than " + DEEPEST + " levels");
        }
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = prefix + parser.currentName();
            JsonToken value = parser.nextToken();
            if (value == JsonToken.START_OBJECT) {
                object(parser, name + ".", table, seen, depth + 1);
                continue;
            }
            ColumnBuilder column = table.column(name);
            if (!seen.add(name)) {
                throw new TableException("element " + table.rows() + " has the field " + name + " twice");
            }
            switch (value) {
                case VALUE_STRING -> table.put(column, parser.getText(), Kind.STRING);
                case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> table.put(column, parser.getText(), Kind.NUMBER);
                case VALUE_TRUE, VALUE_FALSE -> table.put(column, parser.getText(), Kind.BOOLEAN);
                case START_ARRAY -> table.put(column, array(parser), Kind.STRING);
                default -> {
                    // null: the column exists, the row has no value
                }
            }
        }
    }

    private static String array(JsonParser parser) throws IOException {
        StringBuilder text = new StringBuilder("[");
        int depth = 1;
        while (depth > 0) {
            JsonToken token = parser.nextToken();
            if (token == null) {
                throw new TableException("the JSON ends inside an array");
            }
            depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
            if (text.length() < 4096 && depth > 0) {
                text.append(text.length() > 1 ? "," : "").append(parser.getText());
            }
        }
        return text.append(']').toString();
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

    private static String at(JsonParser parser) {
        return " (line " + parser.currentLocation().getLineNr() + ")";
    }
}
