package io.freshet.model.relation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.freshet.model.ModelFileException;
import io.freshet.model.marginal.ColumnFile;

/** Reads and writes the keys of a relation in a model file. */
final class KeysFile {

    private KeysFile() {
    }

    static void write(Keys keys, ObjectNode node) {
        node.put("column", keys.column());
        if (keys instanceof Keys.Names names) {
            names.names().forEach(node.putArray("names")::add);
        } else if (keys instanceof Keys.Numbers numbers) {
            numbers.values().forEach(node.putArray("numbers")::add);
        } else if (keys instanceof Keys.Ranges ranges) {
            ranges.bounds().forEach(node.putArray("bounds")::add);
        } else if (keys instanceof Keys.Order order) {
            node.put("other", order.other());
        } else if (keys instanceof Keys.Part part) {
            node.put("part", part.part().name());
        } else {
            node.put("state", keys instanceof Keys.Zero ? "ZERO" : "PRESENCE");
        }
    }

    static Keys read(JsonNode node) {
        int column = node.path("column").asInt(-1);
        if (node.has("names")) {
            return new Keys.Names(column, texts(node.get("names")));
        }
        if (node.has("numbers")) {
            return new Keys.Numbers(column, longs(node.get("numbers")));
        }
        if (node.has("bounds")) {
            return new Keys.Ranges(column, doubles(node.get("bounds")));
        }
        if (node.has("other")) {
            return new Keys.Order(column, node.get("other").asInt(-1));
        }
        if (node.has("part")) {
            return new Keys.Part(column, DatePart.valueOf(node.get("part").asText()));
        }
        return switch (node.path("state").asText()) {
            case "ZERO" -> new Keys.Zero(column);
            case "PRESENCE" -> new Keys.Presence(column);
            default -> throw new ModelFileException("a relation has keys of no known kind");
        };
    }

    static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    static List<Long> longs(JsonNode array) {
        List<Long> numbers = new ArrayList<>();
        array.forEach(number -> numbers.add(number.asLong()));
        return numbers;
    }

    static List<Double> doubles(JsonNode array) {
        return Arrays.stream(ColumnFile.numbers(array)).boxed().toList();
    }
}
