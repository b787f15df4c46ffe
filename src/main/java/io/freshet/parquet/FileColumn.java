package io.freshet.parquet;

import java.util.List;

/**
 * A column to be written.
 *
 * @param path the names of the enclosing groups, outermost first, and the name of the column
 * @param scale the number of digits after the decimal point; 0 unless the column holds decimals
 * @param nullable whether values may be missing
 */
public record FileColumn(List<String> path, ColumnKind kind, int scale, boolean nullable) {

    public FileColumn {
        path = List.copyOf(path);
        if (path.isEmpty()) {
            throw new IllegalArgumentException("a column needs a name");
        }
        if (scale < 0 || scale > ColumnKind.DECIMAL_PRECISION) {
            throw new IllegalArgumentException("scale must be 0 to " + ColumnKind.DECIMAL_PRECISION + ", not " + scale);
        }
    }
}
