package io.freshet.table;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The types that a column may be told to have; constant and missing are only found. */
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

    /** Whether every different value is needed, with its count. */
    boolean needsDistinct() {
        return this == BOOLEAN || this == CATEGORICAL;
    }

    NumberValues.Rule rule() {
        return this == INTEGER ? NumberValues.Rule.INTEGERS
                : this == FLOATING ? NumberValues.Rule.DOUBLES
                        : NumberValues.Rule.ANY;
    }

    /** As an override says it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
