package io.freshet.table;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The types that can be declared for a column; constant and missing can only be inferred. */
enum TypeName {

    INTEGER,
    DECIMAL,
    FLOATING,
    BOOLEAN,
    CATEGORICAL,
    DATETIME,
    IDENTIFIER,
    TEXT;

    static Optional<TypeName> of(String name) {
        return Arrays.stream(values()).filter(type -> type.toString().equals(name)).findFirst();
    }

    static List<String> names() {
        return Arrays.stream(values()).map(TypeName::toString).toList();
    }

    boolean isNumber() {
        return this == INTEGER || this == DECIMAL || this == FLOATING;
    }

    /** Returns whether the type needs every distinct value with its count. */
    boolean needsDistinct() {
        return this == BOOLEAN || this == CATEGORICAL;
    }

    NumberValues.Rule rule() {
        return this == INTEGER ? NumberValues.Rule.INTEGERS
                : this == FLOATING ? NumberValues.Rule.DOUBLES
                        : NumberValues.Rule.ANY;
    }

    /** Returns the name that an override uses. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
