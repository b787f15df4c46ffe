package io.freshet.table;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

/** Converts JSON to Java values: String, Boolean, Long, Double, BigDecimal, List, Map and null. Lists and maps are mutable. */
public final class JsonContents {

    private static final JsonFactory FACTORY = new JsonFactory();

    private JsonContents() {
    }

    /**
     * Returns the value that a text contains.
     *
     * @throws IllegalArgumentException if it is not valid JSON
     */
    static @Nullable Object of(String json) {
        try (JsonParser parser = FACTORY.createParser(json)) {
            parser.nextToken();
            return value(parser);
        } catch (IOException e) {
            throw new IllegalArgumentException("not valid JSON: " + e.getMessage(), e);
        }
    }

    /** Returns the elements of an array; a text that is not a JSON array becomes the only element of a list. */
    static List<@Nullable Object> array(String json) {
        try (JsonParser parser = FACTORY.createParser(json)) {
            if (parser.nextToken() == JsonToken.START_ARRAY) {
                List<@Nullable Object> elements = elements(parser);
                if (parser.nextToken() == null) {
                    return elements;
                }
            }
        } catch (IOException e) {
            // not JSON, so it is plain text
        }
        return new ArrayList<>(List.of(json));
    }

    /**
     * Returns the members of the object at whose beginning a parser is.
     *
     * @throws IOException if it is not valid JSON
     */
    public static Map<String, @Nullable Object> object(JsonParser parser) throws IOException {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            fields.put(name, value(parser));
        }
        return fields;
    }

    private static List<@Nullable Object> elements(JsonParser parser) throws IOException {
        List<@Nullable Object> list = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            list.add(value(parser));
        }
        return list;
    }

    private static @Nullable Object value(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == null) {
            throw new IOException("the JSON ends too early");
        }
        return switch (token) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> elements(parser);
            case VALUE_STRING -> parser.getText();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            case VALUE_NUMBER_INT -> parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                    ? new BigDecimal(parser.getBigIntegerValue())
                    : (Object) parser.getLongValue();
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            default -> throw new IOException("the JSON ends too early");
        };
    }
}
