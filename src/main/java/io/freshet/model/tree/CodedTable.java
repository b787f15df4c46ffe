package io.freshet.model.tree;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.freshet.stats.Permutation;
import io.freshet.table.ColumnType;
import io.freshet.table.ColumnVector;
import io.freshet.table.RowBatch;

/** The rows of a table, encoded. */
final class CodedTable {

    private final List<ColumnCodes> columns;
    private final List<Predictor> predictors;
    private final int rows;
    /** The codes by column and row. */
    private final short[][] codes;
    /** The values by predictor and row. Predictors that are columns share the arrays of {@code codes}. */
    private final short[][] values;

    private CodedTable(List<ColumnCodes> columns, List<Predictor> predictors, short[][] codes, short[][] values, int rows) {
        this.columns = columns;
        this.predictors = predictors;
        this.codes = codes;
        this.values = values;
        this.rows = rows;
    }

    /** @param indexes for each column, the number of its vector in the table */
    static CodedTable of(List<ColumnCodes> columns, RowBatch table, int[] indexes) {
        List<Predictor> predictors = Predictor.of(columns);
        int rows = table.size();
        short[][] codes = new short[columns.size()][];
        short[][] values = new short[predictors.size()][];
        for (int p = 0; p < values.length; p++) {
            Predictor predictor = predictors.get(p);
            int column = predictor.column();
            ColumnVector vector = table.vector(indexes[column]);
            if (predictor.part().isEmpty()) {
                codes[column] = columns.get(column).encode(vector, rows);
                values[p] = known(codes[column]);
            } else {
                values[p] = parts(predictor.part().get(), (ColumnType.DateTime) columns.get(column).column().type(), vector,
                        rows);
            }
        }
        return new CodedTable(columns, predictors, codes, values, rows);
    }

    /** Replaces names that the model leaves out by the most frequent name, so that they can serve as predictors. */
    private static short[] known(short[] codes) {
        for (int row = 0; row < codes.length; row++) {
            if (codes[row] == ColumnCodes.NONE) {
                short[] known = codes.clone();
                for (int i = row; i < known.length; i++) {
                    known[i] = known[i] == ColumnCodes.NONE ? 0 : known[i];
                }
                return known;
            }
        }
        return codes;
    }

    private static short[] parts(SeasonalPart part, ColumnType.DateTime type, ColumnVector vector, int rows) {
        long ticksPerDay = SeasonalPart.ticksPerDay(type.format());
        short[] parts = new short[rows];
        for (int row = 0; row < rows; row++) {
            parts[row] = (short) (vector.isMissing(row) ? part.size()
                    : part.of((long) TableNumbers.number(vector, row), ticksPerDay));
        }
        return parts;
    }

    /**
     * Chooses rows by their content, so that the order of the rows does not matter.
     *
     * @return the numbers of the chosen rows, ascending; all rows if the table has at most {@code max}
     */
    int[] sample(int max, long seed) {
        if (rows <= max) {
            return java.util.stream.IntStream.range(0, rows).toArray();
        }
        long[] keys = keys(seed);
        long[] sorted = keys.clone();
        Arrays.sort(sorted);
        long limit = sorted[max - 1];
        return java.util.stream.IntStream.range(0, rows).filter(row -> keys[row] <= limit).toArray();
    }

    /** Returns a key for each row: a hash of its codes and of the number of equal rows before it. */
    private long[] keys(long seed) {
        long[] hashes = new long[rows];
        Arrays.fill(hashes, seed);
        for (short[] column : codes) {
            for (int row = 0; row < rows; row++) {
                hashes[row] = Permutation.mix(hashes[row] * 31 + column[row]);
            }
        }
        Occurrences occurrences = new Occurrences(rows);
        for (int row = 0; row < rows; row++) {
            hashes[row] = Permutation.mix(hashes[row] + occurrences.next(hashes[row]) * 0x9E3779B97F4A7C15L);
        }
        return hashes;
    }

    /** Returns this table, restricted to some of its rows. */
    CodedTable rows(int[] some) {
        if (some.length == rows) {
            return this;
        }
        short[][] someCodes = new short[codes.length][];
        short[][] someValues = new short[values.length][];
        for (int c = 0; c < codes.length; c++) {
            someCodes[c] = pick(codes[c], some);
        }
        for (int p = 0; p < values.length; p++) {
            Predictor predictor = predictors.get(p);
            someValues[p] = predictor.part().isEmpty() && values[p] == codes[predictor.column()]
                    ? someCodes[predictor.column()]
                    : pick(values[p], some);
        }
        return new CodedTable(columns, predictors, someCodes, someValues, some.length);
    }

    private static short[] pick(short[] from, int[] rows) {
        short[] some = new short[rows.length];
        for (int i = 0; i < rows.length; i++) {
            some[i] = from[rows[i]];
        }
        return some;
    }

    List<ColumnCodes> columns() {
        return columns;
    }

    List<Predictor> predictors() {
        return predictors;
    }

    int rows() {
        return rows;
    }

    /** Returns the code of the column by row, or {@link ColumnCodes#NONE}. */
    short[] codes(int column) {
        return codes[column];
    }

    /** Returns the values by predictor and row. */
    short[][] values() {
        return values;
    }

    /** Returns the value of the predictor by row. */
    short[] values(int predictor) {
        return values[predictor];
    }

    /** Returns the predictors of these columns. */
    int[] predictorsOf(List<Integer> some) {
        List<Integer> found = new ArrayList<>();
        for (int p = 0; p < predictors.size(); p++) {
            if (some.contains(predictors.get(p).column()) && predictors.get(p).size() > 1) {
                found.add(p);
            }
        }
        return found.stream().mapToInt(Integer::intValue).toArray();
    }
}
