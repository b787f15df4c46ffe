package io.freshet.api;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;

import io.freshet.model.SynthesisModel;
import io.freshet.table.ColumnType;
import io.freshet.table.ReadOptions;
import io.freshet.table.TableFormat;
import io.freshet.table.TableReader;
import io.freshet.table.TableSample;

/** Reads rows for a model that is there already, as it understands its columns. */
final class RealRows {

    private RealRows() {
    }

    /** To compare with: any number will do where the model has numbers. */
    static TableSample toCompare(InputStream in, TableFormat format, SynthesisModel model) throws IOException {
        ReadOptions options = ReadOptions.defaults().withTypesOf(model.schema());
        Map<String, String> types = new HashMap<>(options.overrides());
        model.schema().columns().stream().filter(column -> isNumber(column.type()))
                .forEach(column -> types.put(column.name(), "decimal"));
        return TableReader.read(in, format, options.withOverrides(types));
    }

    /** To learn from: integers stay integers. */
    static TableSample toLearn(InputStream in, TableFormat format, SynthesisModel model) throws IOException {
        return TableReader.read(in, format, ReadOptions.defaults().withTypesOf(model.schema()));
    }

    private static boolean isNumber(ColumnType type) {
        return type instanceof ColumnType.Whole || type instanceof ColumnType.Decimal || type instanceof ColumnType.Floating;
    }
}
