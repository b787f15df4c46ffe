package io.freshet.stream.definition;

import java.util.Collections;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.freshet.event.FieldPath;
import io.freshet.stage.Operator;
import io.freshet.stage.RelativeTime;
import io.freshet.table.ColumnType;

/** Rejects comparisons of a field with a value of another type, because no record can satisfy them. */
final class ComparableTypes {

    private static final String NUMBER = "a number";
    private static final String TEXT = "text";
    private static final String BOOLEAN = "true or false";

    private ComparableTypes() {
    }

    /**
     * @param node the node of the value
     * @param wanted what the field is compared with: a value, or a list of values
     * @param fields the fields of the records at this point; null if they are not known
     * @throws DefinitionException if the value cannot have the type of the field
     */
    static void check(DefinitionNode node, Operator operator, @Nullable Object wanted, FieldPath field,
            @Nullable Map<String, FieldInfo> fields) {
        FieldInfo known = fields == null ? null : fields.get(field.toString());
        String actual = known == null ? null : kind(known.type());
        if (actual == null) {
            return;
        }
        if (operator == Operator.MATCHES && !actual.equals(TEXT)) {
            throw node.wrong("cannot match: " + field + " is " + actual);
        }
        for (Object each : wanted instanceof List<?> list ? list : Collections.singletonList(wanted)) {
            String given = kind(each);
            if (given != null && !given.equals(actual)) {
                throw node.wrong("is " + given + ", but " + field + " is " + actual);
            }
        }
    }

    private static @Nullable String kind(@Nullable Object value) {
        if (value == null || value instanceof RelativeTime) {
            return null;
        }
        return value instanceof Number ? NUMBER : value instanceof Boolean ? BOOLEAN : TEXT;
    }

    /** Returns null for a type whose values may be of several kinds. */
    private static @Nullable String kind(@Nullable ColumnType type) {
        if (type instanceof ColumnType.Whole || type instanceof ColumnType.Decimal || type instanceof ColumnType.Floating) {
            return NUMBER;
        }
        if (type instanceof ColumnType.Bool) {
            return BOOLEAN;
        }
        boolean text = type instanceof ColumnType.Categorical || type instanceof ColumnType.FreeText
                || type instanceof ColumnType.DateTime;
        return text ? TEXT : null;
    }
}
