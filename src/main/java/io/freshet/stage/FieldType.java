package io.freshet.stage;

import java.util.Arrays;

import dev.cel.common.types.CelType;
import dev.cel.common.types.NullableType;
import dev.cel.common.types.SimpleType;

/** What an expression knows about the type of a field. */
public enum FieldType {
    TEXT(SimpleType.STRING),
    WHOLE(SimpleType.INT),
    NUMBER(SimpleType.DOUBLE),
    TRUTH(SimpleType.BOOL),
    TEXT_OR_NULL(NullableType.create(SimpleType.STRING)),
    WHOLE_OR_NULL(NullableType.create(SimpleType.INT)),
    NUMBER_OR_NULL(NullableType.create(SimpleType.DOUBLE)),
    TRUTH_OR_NULL(NullableType.create(SimpleType.BOOL)),
    /** The type is unknown. */
    ANY(SimpleType.DYN);

    private final CelType type;

    FieldType(CelType type) {
        this.type = type;
    }

    CelType type() {
        return type;
    }

    /** Returns the type of a result. A time is a text, because it is written as one. */
    static FieldType of(CelType type) {
        if (type.equals(SimpleType.TIMESTAMP)) {
            return TEXT;
        }
        return type.equals(SimpleType.DURATION) ? NUMBER
                : Arrays.stream(values()).filter(each -> each.type.equals(type)).findFirst().orElse(ANY);
    }
}
