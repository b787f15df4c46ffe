package io.freshet.model.tree;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

import io.freshet.model.ColumnSummary;
import io.freshet.model.marginal.TextPattern;
import io.freshet.table.CodedVector;
import io.freshet.table.Column;
import io.freshet.table.ColumnType;
import io.freshet.table.ColumnVector;
import io.freshet.table.Dictionary;
import io.freshet.table.FloatingVector;
import io.freshet.table.NumberDictionary;
import io.freshet.table.NumberVector;
import io.freshet.table.TextDictionary;
import io.freshet.table.TextVector;

/**
 * The codes of a column. Numbers are divided into values that many rows share and ranges of the others, in ascending order;
 * names are ordered by frequency, the most frequent first. The last code represents a missing value. Immutable.
 *
 * <p>
 * Numbers are represented as in a {@link NumberVector}, in steps of {@code unit} from {@code origin}; names by their number in
 * the dictionary.
 */
public final class ColumnCodes {

    /** The code of a value that the model leaves out. */
    static final int NONE = -1;
    private static final int MAX_DICTIONARY = 4096;

    private final Column column;
    private final CodeKind kind;
    private final Segments segments;
    private final TextDictionary names;
    private final long origin;
    private final long unit;
    private final Optional<TextPattern> pattern;
    /** For numbers, the smallest value of each code's range, or its single value. */
    private final double[] lows;
    private final boolean[] single;
    private final Map<String, Integer> codeOfName = new HashMap<>();

    /**
     * @param names the names of a column of names; otherwise empty
     * @param origin for numbers other than doubles: a value of the column
     * @param unit for numbers other than doubles: a divisor of all differences from the origin, at least 1
     * @param pattern the pattern of a column of texts
     */
    ColumnCodes(Column column, Segments segments, TextDictionary names, long origin, long unit,
            Optional<TextPattern> pattern) {
        this.column = column;
        this.kind = CodeKind.of(column.type());
        this.segments = segments;
        this.names = names;
        this.origin = origin;
        this.unit = unit;
        this.pattern = pattern;
        this.lows = new double[segments.codes()];
        this.single = new boolean[segments.codes()];
        if (unit < 1 || (kind == CodeKind.TEXT) != pattern.isPresent()) {
            throw new IllegalArgumentException(column.name() + " has no pattern or a step of " + unit);
        }
        for (int code = 0; code < lows.length; code++) {
            int from = segments.first(code);
            lows[code] = segments.low(from);
            single[code] = segments.first(code + 1) == from + 1 && segments.low(from) == segments.high(from);
            for (int s = from; s < segments.first(code + 1) && kind == CodeKind.NAME; s++) {
                codeOfName.put(names.text((int) segments.low(s)), code);
            }
        }
    }

    public Column column() {
        return column;
    }

    public CodeKind kind() {
        return kind;
    }

    public Segments segments() {
        return segments;
    }

    /** Returns the names of the column by number; empty unless the column holds names. */
    public TextDictionary names() {
        return names;
    }

    long origin() {
        return origin;
    }

    long unit() {
        return unit;
    }

    public Optional<TextPattern> pattern() {
        return pattern;
    }

    /** Returns the number of codes, including the code for missing values. */
    public int size() {
        return segments.codes() + 1;
    }

    public int missing() {
        return segments.codes();
    }

    /** Returns whether the numbers are doubles, which have no step. */
    public boolean isFloating() {
        return column.type() instanceof ColumnType.Floating;
    }

    /** Returns the number at a place on the scale of the segments. */
    public long number(double place) {
        return origin + unit * (long) Math.floor(place + .5);
    }

    /** Returns the smallest value of the column, in the representation of its vector. */
    public double leastValue() {
        return value(least());
    }

    /** Returns the largest value of the column, in the representation of its vector. */
    public double greatestValue() {
        return value(greatest());
    }

    private double value(double place) {
        return isFloating() ? place : number(place);
    }

    /**
     * Returns a summary of the column.
     *
     * @param missing the share of missing values
     * @param shares the shares of the names; asked for only if the column has names
     */
    public ColumnSummary summary(double missing, Supplier<Map<String, Double>> shares) {
        String name = column.name();
        String typeName = column.typeName();
        if (kind == CodeKind.TEXT || size() == 1) {
            return new ColumnSummary(name, typeName, missing, null, null, null, null);
        }
        if (!kind.isOrdered()) {
            return new ColumnSummary(name, typeName, missing, names.size(), null, null, shares.get());
        }
        return new ColumnSummary(name, typeName, missing, listed() ? Integer.valueOf(size() - 1) : null,
                ColumnSummary.text(column.type(), leastValue()), ColumnSummary.text(column.type(), greatestValue()), null);
    }

    /** Returns the place of a number on the scale of the segments. */
    public double place(double number) {
        return isFloating() ? number : (number - origin) / unit;
    }

    /** Returns whether a code is a single value that several rows share. */
    boolean isSingle(int code) {
        return single[code];
    }

    /** Returns the code of a name, or {@link #NONE}. */
    public int codeOf(String name) {
        return codeOfName.getOrDefault(name, NONE);
    }

    /** Returns the code of a place on the scale of the segments. A place outside all ranges belongs to the nearest one. */
    public int codeOf(double place) {
        int found = Arrays.binarySearch(lows, place);
        int code = found >= 0 ? found : Math.max(0, -found - 2);
        if (found >= 0 || !single[code]) {
            return code;
        }
        for (int before = code - 1; before >= 0; before--) {
            if (!single[before]) {
                return before;
            }
        }
        for (int after = code + 1; after < single.length; after++) {
            if (!single[after]) {
                return after;
            }
        }
        return code + 1 < lows.length && lows[code + 1] - place < place - lows[code] ? code + 1 : code;
    }

    /** Returns the codes of the rows of a vector; {@link #NONE} for names that the model leaves out. */
    public short[] encode(ColumnVector vector, int rows) {
        short[] codes = new short[rows];
        int[] byEntry = entryCodes(vector);
        for (int row = 0; row < rows; row++) {
            codes[row] = (short) (vector.isMissing(row) ? missing()
                    : kind == CodeKind.TEXT ? 0
                            : vector instanceof CodedVector coded ? byEntry[coded.codes()[row]]
                                    : codeOf(place(TableNumbers.number(vector, row))));
        }
        return codes;
    }

    private int[] entryCodes(ColumnVector vector) {
        if (!(vector instanceof CodedVector coded)) {
            return new int[0];
        }
        Dictionary dictionary = coded.dictionary();
        int[] codes = new int[dictionary.size()];
        for (int entry = 0; entry < codes.length; entry++) {
            codes[entry] = dictionary instanceof TextDictionary texts ? codeOf(texts.text(entry))
                    : codeOf(place(((NumberDictionary) dictionary).value(entry)));
        }
        return codes;
    }

    /** Returns an empty vector for generated rows. */
    public ColumnVector newVector(int capacity) {
        return switch (kind) {
            case TEXT -> TextVector.create(capacity);
            case NAME -> CodedVector.create(capacity, names);
            case NUMBER, DATE -> isFloating() ? FloatingVector.create(capacity)
                    : listed() ? CodedVector.create(capacity, dictionary())
                            : NumberVector.create(capacity, leastValue(), greatestValue());
        };
    }

    /** Returns whether each value has a code of its own. */
    public boolean listed() {
        for (boolean one : single) {
            if (!one) {
                return false;
            }
        }
        return !isFloating() && kind.isOrdered() && single.length <= MAX_DICTIONARY;
    }

    private NumberDictionary dictionary() {
        long[] values = new long[lows.length];
        for (int code = 0; code < values.length; code++) {
            values[code] = number(lows[code]);
        }
        return NumberDictionary.of(values);
    }

    /** Returns the smallest place of any value. */
    public double least() {
        return segments.codes() == 0 ? Double.NaN : lows[0];
    }

    /** Returns the largest place of any value. */
    public double greatest() {
        double max = Double.NEGATIVE_INFINITY;
        for (int s = 0; s < segments.first(segments.codes()); s++) {
            max = Math.max(max, segments.high(s));
        }
        return max;
    }
}
