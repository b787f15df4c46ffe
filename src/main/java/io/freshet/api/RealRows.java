package io.freshet.api;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;

import io.freshet.model.SynthesisModel;
import io.freshet.table.Column;
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
        return read(in, format, model, "decimal");
    }

    /** To learn from: integers stay integers. */
    static TableSample toLearn(InputStream in, TableFormat format, SynthesisModel model) throws IOException {
        return read(in, format, model, "");
    }

    private static TableSample read(InputStream in, TableFormat format, SynthesisModel model, String number)
            throws IOException {
        Map<String, String> types = new HashMap<>();
        for (Column column : model.schema().columns()) {
            ColumnType type = column.type();
            if (isNumber(type) && !number.isEmpty()) {
                types.put(column.name(), number);
            } else if (!(type instanceof ColumnType.Constant || type instanceof ColumnType.Missing)) {
                types.put(column.name(), type.typeName());
            }
        }
        return TableReader.read(in, format, ReadOptions.defaults().withOverrides(types));
    }

    private static boolean isNumber(ColumnType type) {
        return type instanceof ColumnType.Whole || type instanceof ColumnType.Decimal || type instanceof ColumnType.Floating;
    }
}
