package io.freshet.model.report;

import java.util.HashMap;
import java.util.Map;

import io.freshet.model.SynthesisModel;
import io.freshet.table.ColumnType;
import io.freshet.table.ReadOptions;

/** How rows are read that are compared with those of a model. */
public final class ComparedRows {

    private ComparedRows() {
    }

    /** Returns options with the types of the model's columns; where it has numbers, any number is accepted. */
    public static ReadOptions options(SynthesisModel model, ReadOptions base) {
        ReadOptions options = base.withTypesOf(model.schema());
        Map<String, String> types = new HashMap<>(options.overrides());
        model.schema().columns().stream().filter(column -> isNumber(column.type()))
                .forEach(column -> types.put(column.name(), "decimal"));
        return options.withOverrides(types);
    }

    private static boolean isNumber(ColumnType type) {
        return type instanceof ColumnType.Whole || type instanceof ColumnType.Decimal || type instanceof ColumnType.Floating;
    }
}
