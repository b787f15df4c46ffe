package io.freshet.api;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.QueryParam;

/**
 * The query parameters that a resource method declares: its own, those of parameter beans, and families such as {@code
 * type.COLUMN}. Immutable.
 */
final class QueryParameters {

    private static final String ANY_COLUMN = ".COLUMN";

    private final Map<String, Class<?>> types;
    private final List<String> families;

    private QueryParameters(Map<String, Class<?>> types, List<String> families) {
        this.types = types;
        this.families = families;
    }

    static QueryParameters of(Method method) {
        Map<String, Class<?>> types = new LinkedHashMap<>();
        for (Parameter parameter : method.getParameters()) {
            QueryParam query = parameter.getAnnotation(QueryParam.class);
            if (query != null) {
                types.put(query.value(), parameter.getType());
            } else if (parameter.isAnnotationPresent(BeanParam.class)) {
                addFields(parameter.getType(), types);
            }
        }
        ParameterFamily families = method.getAnnotation(ParameterFamily.class);
        return new QueryParameters(types, families == null ? List.of() : List.of(families.value()));
    }

    private static void addFields(Class<?> bean, Map<String, Class<?>> types) {
        for (Field field : bean.getDeclaredFields()) {
            QueryParam query = field.getAnnotation(QueryParam.class);
            if (query != null) {
                types.put(query.value(), field.getType());
            }
        }
    }

    /** @return the names as a client may write them */
    List<String> names() {
        List<String> names = new ArrayList<>(types.keySet());
        families.forEach(family -> names.add(family + ANY_COLUMN));
        return names;
    }

    /**
     * Finds parameters that are unknown, given more than once, or of a wrong type.
     *
     * @param query the values of each parameter of a request
     * @return the first problem; empty if the query is valid
     */
    Optional<Problem> problem(Map<String, List<String>> query) {
        return query.entrySet().stream().map(entry -> problem(entry.getKey(), entry.getValue())).flatMap(Optional::stream)
                .findFirst();
    }

    private Optional<Problem> problem(String name, List<String> values) {
        Class<?> type = types.get(name);
        if (type == null) {
            return isOfFamily(name) ? single(name, values) : Optional.of(unknown(name));
        }
        return type == List.class ? Optional.empty()
                : single(name, values).or(() -> wrongType(name, type, values.isEmpty() ? "" : values.get(0)));
    }

    private boolean isOfFamily(String name) {
        int dot = name.indexOf('.');
        return dot > 0 && dot < name.length() - 1 && families.contains(name.substring(0, dot));
    }

    private Problem unknown(String name) {
        List<String> names = names();
        String detail = "unknown query parameter " + name;
        if (names.isEmpty()) {
            return Problem.of(ProblemKind.UNKNOWN_PARAMETER, name, detail + "; this operation has none");
        }
        int dot = name.indexOf('.');
        String question = dot > 0 ? NearestName.of(name.substring(0, dot), families)
                .map(family -> "; did you mean " + family + name.substring(dot) + "?").orElse("")
                : NearestName.question(name, names);
        return Problem.of(ProblemKind.UNKNOWN_PARAMETER, name, detail + question).allowing(names);
    }

    private static Optional<Problem> single(String name, List<String> values) {
        return values.size() < 2 ? Optional.empty()
                : Optional.of(Problem.of(ProblemKind.INVALID_VALUE, name, name + " is given " + values.size() + " times"));
    }

    private static Optional<Problem> wrongType(String name, Class<?> type, String value) {
        String expected = "";
        if (type == boolean.class || type == Boolean.class) {
            expected = value.equals("true") || value.equals("false") ? "" : "true or false";
        } else if (type == int.class || type == Integer.class) {
            expected = expectedWhole(value, Integer.MIN_VALUE, Integer.MAX_VALUE);
        } else if (type == long.class || type == Long.class) {
            expected = expectedWhole(value, Long.MIN_VALUE, Long.MAX_VALUE);
        }
        return expected.isEmpty() ? Optional.empty()
                : Optional.of(Problem.of(ProblemKind.INVALID_VALUE, name, name + " must be " + expected + ", not " + value));
    }

    /** @return what the text should be; empty if it is a number in this range */
    private static String expectedWhole(String text, long min, long max) {
        if (!text.matches("[+-]?[0-9]+")) {
            return "a whole number";
        }
        try {
            long value = Long.parseLong(text);
            return value >= min && value <= max ? "" : "from " + min + " to " + max;
        } catch (NumberFormatException e) {
            return "from " + min + " to " + max;
        }
    }
}
