package io.freshet.model.fit;

import java.util.List;

import io.freshet.table.Column;
import io.freshet.table.ColumnType;
import io.freshet.table.Schema;
import io.freshet.table.TableException;

/** The column that matters most to the owner of a table: the one that is predicted, such as whether a payment is a fraud. */
public final class TargetColumn {

    /** A value that fewer rows have is described together with others. */
    public static final int MIN_ROWS = 20;

    /** What is wrong with a target of columns that are independent. */
    public static final String NEEDS_DEPENDENCE = "target needs a method that keeps dependence between columns, not independent";

    private TargetColumn() {
    }

    /** Returns the names of the columns that can be a target: all but identifiers, texts and those with one value. */
    public static List<String> allowed(Schema schema) {
        return schema.columns().stream().filter(column -> isPredictable(column.type())).map(Column::name).toList();
    }

    private static boolean isPredictable(ColumnType type) {
        return !(type instanceof ColumnType.Identifier || type instanceof ColumnType.FreeText || type instanceof ColumnType.Json
                || type instanceof ColumnType.Missing || type instanceof ColumnType.Constant);
    }

    /**
     * @throws TableException if the table has no such column, or one that cannot be a target
     */
    static void require(Schema schema, String target) {
        if (!allowed(schema).contains(target)) {
            throw new TableException(problem(schema, target));
        }
    }

    /** Returns what is wrong with a target that is not allowed. */
    public static String problem(Schema schema, String target) {
        return "target must be one of the columns " + String.join(", ", allowed(schema)) + ", not " + target;
    }
}
