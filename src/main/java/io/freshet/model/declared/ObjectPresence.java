package io.freshet.model.declared;

import java.util.List;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import io.freshet.stage.Expression;
import io.freshet.table.ColumnType;

/** The column that says whether a row has an object. */
final class ObjectPresence {

    private ObjectPresence() {
    }

    static DeclaredColumn of(List<String> path, double nulls, @Nullable Expression nullIf) {
        return new DeclaredColumn(path, new Value(ChoiceLaw.of(List.of(JsonNodeFactory.instance.objectNode()),
                new double[] { 1 }, false), nulls), nullIf, false);
    }

    static boolean isObject(DeclaredColumn column) {
        return column.value().law().type() instanceof ColumnType.Constant constant && constant.literal().equals("{}");
    }
}
