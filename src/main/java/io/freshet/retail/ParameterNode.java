package io.freshet.retail;

import java.time.DateTimeException;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

import com.fasterxml.jackson.databind.JsonNode;

/** A node of the parameter file that knows its path, so that error messages can name it. */
record ParameterNode(String path, JsonNode json) {

    RetailException wrong(String message) {
        return new RetailException("the retail parameter " + path + " " + message);
    }

    private String pathOf(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    boolean has(String name) {
        return json.hasNonNull(name);
    }

    ParameterNode get(String name) {
        if (!json.isObject()) {
            throw wrong("must be an object");
        }
        ParameterNode child = new ParameterNode(pathOf(name), json.path(name));
        if (child.json.isMissingNode() || child.json.isNull()) {
            throw child.wrong("is missing");
        }
        return child;
    }

    /** Checks that the object has no fields other than these. */
    ParameterNode only(String... names) {
        json.fieldNames().forEachRemaining(name -> {
            if (!Arrays.asList(names).contains(name)) {
                throw new ParameterNode(pathOf(name), json).wrong("is unknown; expected one of " + String.join(", ", names));
            }
        });
        return this;
    }

    <T> List<T> list(String name, Function<ParameterNode, T> element) {
        ParameterNode list = get(name);
        if (!list.json.isArray() || list.json.isEmpty()) {
            throw list.wrong("must be a list of at least one element");
        }
        List<T> values = new ArrayList<>();
        for (int i = 0; i < list.json.size(); i++) {
            values.add(element.apply(new ParameterNode(list.path + "[" + i + "]", list.json.get(i))));
        }
        return values;
    }

    List<Double> numbers(String name, int count) {
        List<Double> numbers = list(name, node -> node.number(0, 1e6));
        if (numbers.size() != count) {
            throw get(name).wrong("must have " + count + " numbers");
        }
        return numbers;
    }

    /** Returns a text of at most a hundred characters that need no escaping in JSON. */
    String text() {
        if (!json.isTextual() || json.asText().isBlank() || json.asText().length() > 100
                || json.asText().chars().anyMatch(c -> c < ' ' || c == '"' || c == '\\' || c > '~')) {
            throw wrong("must be a text of at most 100 ASCII characters without quotes and backslashes");
        }
        return json.asText();
    }

    double number(double min, double max) {
        if (!json.isNumber() || !(json.asDouble() >= min && json.asDouble() <= max)) {
            throw wrong("must be a number from " + min + " to " + max);
        }
        return json.asDouble();
    }

    double number(String name, double min, double max) {
        return get(name).number(min, max);
    }

    double share(String name) {
        return number(name, 0, 1);
    }

    int integer(int min, int max) {
        if (!json.isIntegralNumber() || json.asLong() < min || json.asLong() > max) {
            throw wrong("must be a whole number from " + min + " to " + max);
        }
        return json.asInt();
    }

    int integer(String name, int min, int max) {
        return get(name).integer(min, max);
    }

    int integer(String name, int min, int max, int otherwise) {
        return has(name) ? integer(name, min, max) : otherwise;
    }

    LocalTime time() {
        try {
            return LocalTime.parse(json.asText());
        } catch (DateTimeException e) {
            throw wrong("must be a time such as \"08:00\"");
        }
    }

    Parameters.Hours hours() {
        String[] ends = json.asText().split("-", -1);
        try {
            return new Parameters.Hours(LocalTime.parse(ends[0]), LocalTime.parse(ends.length == 2 ? ends[1] : ""));
        } catch (DateTimeException | RetailException e) {
            throw wrong("must be opening hours such as \"08:00-20:00\", at least two hours between 06:45 and 22:30");
        }
    }

    ZoneId zone() {
        try {
            return ZoneId.of(json.asText());
        } catch (DateTimeException e) {
            throw wrong("must be a time zone such as Europe/Berlin");
        }
    }

    <E extends Enum<E>> E choice(Class<E> kind) {
        return Arrays.stream(kind.getEnumConstants()).filter(value -> value.name().equalsIgnoreCase(json.asText())).findFirst()
                .orElseThrow(() -> wrong(
                        "must be one of " + Arrays.toString(kind.getEnumConstants()).toLowerCase(Locale.ROOT)));
    }
}
