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

/** A part of the parameter file that knows where it stands, so that every complaint can say so. */
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

    /** An object with these fields and no others. */
    ParameterNode only(String... names) {
        json.fieldNames().forEachRemaining(name -> {
            if (!Arrays.asList(names).contains(name)) {
                throw new ParameterNode(pathOf(name), json).wrong("is not known; there are " + String.join(", ", names));
            }
        });
        return this;
    }

    <T> List<T> list(String name, Function<ParameterNode, T> element) {
        ParameterNode list = get(name);
        if (!list.json.isArray() || list.json.isEmpty()) {
            throw list.wrong("must be a list of at least one");
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

    /** At most a hundred characters that may stand in JSON as they are. */
    String text() {
        if (!json.isTextual() || json.asText().isBlank() || json.asText().length() > 100
                || json.asText().chars().anyMatch(c -> c < ' ' || c == '"' || c == '\\' || c > '~')) {
            throw wrong("must be a text of at most a hundred characters of ASCII without quotes and backslashes");
        }
        return json.asText();
    }

    double number(double least, double most) {
        if (!json.isNumber() || !(json.asDouble() >= least && json.asDouble() <= most)) {
            throw wrong("must be a number from " + least + " to " + most);
        }
        return json.asDouble();
    }

    double number(String name, double least, double most) {
        return get(name).number(least, most);
    }

    double share(String name) {
        return number(name, 0, 1);
    }

    int integer(int least, int most) {
        if (!json.isIntegralNumber() || json.asLong() < least || json.asLong() > most) {
            throw wrong("must be a whole number from " + least + " to " + most);
        }
        return json.asInt();
    }

    int integer(String name, int least, int most) {
        return get(name).integer(least, most);
    }

    int integer(String name, int least, int most, int otherwise) {
        return has(name) ? integer(name, least, most) : otherwise;
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
