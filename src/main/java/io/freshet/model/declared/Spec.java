package io.freshet.model.declared;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A part of a declaration, with its place for error messages.
 *
 * @param path the place, such as {@code address.city}
 */
record Spec(String path, JsonNode json) {

    DeclarationException wrong(String reason) {
        return new DeclarationException(path, reason);
    }

    /** Requires an object with no other members than these. */
    Spec object(String... allowed) {
        if (!json.isObject()) {
            throw wrong("must be an object with " + String.join(", ", allowed));
        }
        json.fieldNames().forEachRemaining(name -> {
            if (!Arrays.asList(allowed).contains(name)) {
                throw wrong("has an unknown member " + name + "; expected " + String.join(", ", allowed));
            }
        });
        return this;
    }

    Optional<Spec> find(String name) {
        JsonNode member = json.get(name);
        return member == null || member.isNull() ? Optional.empty() : Optional.of(new Spec(path + "." + name, member));
    }

    Spec get(String name) {
        return find(name).orElseThrow(() -> wrong("needs " + name));
    }

    boolean has(String name) {
        return json.hasNonNull(name);
    }

    String text() {
        if (!json.isValueNode()) {
            throw wrong("must be a text");
        }
        return json.asText();
    }

    BigDecimal decimal() {
        try {
            return new BigDecimal(text());
        } catch (NumberFormatException e) {
            throw wrong("must be a number, not " + json);
        }
    }

    double number() {
        return decimal().doubleValue();
    }

    double positive() {
        double number = number();
        if (!(number > 0)) {
            throw wrong("must be greater than 0");
        }
        return number;
    }

    double share() {
        double number = number();
        if (!(number >= 0 && number <= 1)) {
            throw wrong("must be 0 to 1");
        }
        return number;
    }

    int whole(int min, int max) {
        try {
            int number = decimal().intValueExact();
            if (number >= min && number <= max) {
                return number;
            }
        } catch (ArithmeticException e) {
            // reported below
        }
        throw wrong("must be a whole number from " + min + " to " + max);
    }

    boolean flag(String name) {
        return find(name).map(flag -> {
            if (!flag.json.isBoolean()) {
                throw flag.wrong("must be true or false");
            }
            return flag.json.asBoolean();
        }).orElse(false);
    }

    /** Returns the members of an object, in order. */
    Map<String, Spec> members() {
        if (!json.isObject()) {
            throw wrong("must be an object");
        }
        Map<String, Spec> members = new LinkedHashMap<>();
        json.fieldNames().forEachRemaining(
                name -> members.put(name, new Spec(path.isEmpty() ? name : path + "." + name, json.get(name))));
        return members;
    }

    List<Spec> elements() {
        if (!json.isArray() || json.isEmpty()) {
            throw wrong("must be a list that is not empty");
        }
        List<Spec> elements = new ArrayList<>();
        json.forEach(element -> elements.add(new Spec(path + "[" + elements.size() + "]", element)));
        return elements;
    }
}
