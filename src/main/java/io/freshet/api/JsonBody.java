package io.freshet.api;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.PropertyBindingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;

import io.freshet.table.JsonErrors;

/**
 * Parses small JSON bodies strictly: unknown fields, duplicate fields, values of a wrong type, and anything after the end are
 * problems that name the field.
 */
final class JsonBody {

    private static final String BODY = "body";
    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT).disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .withCoercionConfig(LogicalType.Textual,
                    texts -> texts.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
    private static final Map<Class<?>, String> EXPECTED = Map.of(Long.class, "a whole number", long.class,
            "a whole number", Integer.class, "a whole number",
            Double.class, "a number", Boolean.class, "true or false", String.class, "text");

    private JsonBody() {
    }

    /**
     * @param body a JSON object; a blank one stands for an empty object
     * @param type a record, whose components are the fields that the object may have
     * @throws ProblemException if the body is not JSON, or not such an object
     */
    static <T extends Record> T read(@Nullable String body, Class<T> type) {
        try {
            T read = STRICT.readValue(body == null || body.isBlank() ? "{}" : body, type);
            if (read == null) {
                throw notAnObject();
            }
            return read;
        } catch (JsonProcessingException e) {
            throw new ProblemException(problem(e, type));
        }
    }

    /**
     * @param allowed the fields that the object may have
     * @throws ProblemException if the body is not a JSON object, or has other fields
     */
    static JsonNode object(@Nullable String body, List<String> allowed) {
        try {
            JsonNode read = STRICT.readTree(body == null || body.isBlank() ? "{}" : body);
            if (!read.isObject()) {
                throw notAnObject();
            }
            JsonFields.unknown(read, allowed).ifPresent(name -> {
                throw new ProblemException(unknown(name, allowed));
            });
            return read;
        } catch (JsonProcessingException e) {
            throw new ProblemException(malformed(e));
        }
    }

    private static ProblemException notAnObject() {
        return new ProblemException(Problem.of(ProblemKind.INVALID_VALUE, BODY, "the body must be a JSON object"));
    }

    private static Problem problem(JsonProcessingException e, Class<?> type) {
        if (e instanceof PropertyBindingException unknown) {
            return unknown(String.valueOf(unknown.getPropertyName()),
                    Arrays.stream(type.getRecordComponents()).map(component -> component.getName()).toList());
        }
        Class<?> target = e instanceof MismatchedInputException wrong ? wrong.getTargetType()
                : e.getCause() instanceof InputCoercionException outOfRange ? outOfRange.getTargetType() : null;
        if (target == null || !(e instanceof JsonMappingException mapped)) {
            return malformed(e.getCause() instanceof JsonProcessingException cause ? cause : e);
        }
        String expected = Map.class.isAssignableFrom(target) ? "an object" : EXPECTED.getOrDefault(target, "of another type");
        String field = mapped.getPath().stream().map(JsonMappingException.Reference::getFieldName)
                .map(String::valueOf).collect(Collectors.joining("."));
        return field.isEmpty() ? notAnObject().problem()
                : Problem.of(ProblemKind.INVALID_VALUE, field, field + " must be " + expected);
    }

    private static Problem unknown(String name, List<String> allowed) {
        return Problem.of(ProblemKind.UNKNOWN_FIELD, name, JsonFields.complaint(name, allowed)).allowing(allowed);
    }

    private static Problem malformed(JsonProcessingException e) {
        return Problem.of(ProblemKind.MALFORMED_REQUEST, BODY, "the body is not valid JSON: " + JsonErrors.reason(e));
    }
}
