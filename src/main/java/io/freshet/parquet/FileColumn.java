package io.freshet.parquet;

import java.util.List;

/**
 * A column to be written.
 *
 * @param path the names of the enclosing groups, outermost first, and the name of the column
 * @param scale the number of digits after the decimal point; 0 unless the column holds decimals
 * @param nullable whether values may be missing
 * @param optionalGroups which of the enclosing groups may be missing as a whole: their indexes in the path, ascending
 */
public record FileColumn(List<String> path, ColumnKind kind, int scale, boolean nullable, List<Integer> optionalGroups) {

    public FileColumn {
        path = List.copyOf(path);
        optionalGroups = List.copyOf(optionalGroups);
        if (path.isEmpty()) {
            throw new IllegalArgumentException("a column needs a name");
        }
        if (scale < 0 || scale > ColumnKind.DECIMAL_PRECISION) {
            throw new IllegalArgumentException("scale must be 0 to " + ColumnKind.DECIMAL_PRECISION + ", not " + scale);
        }
    }

    /** Creates a column whose groups are in every row. */
    public FileColumn(List<String> path, ColumnKind kind, int scale, boolean nullable) {
        this(path, kind, scale, nullable, List.of());
    }

    /** Returns the definition level of a value: how many of its groups and itself could be missing. */
    public int maxLevel() {
        return optionalGroups.size() + (nullable ? 1 : 0);
    }
}
