package io.freshet.model.tree;

import java.util.List;
import java.util.Optional;

import io.freshet.model.marginal.TextPattern;
import io.freshet.table.Column;
import io.freshet.table.TextDictionary;

/**
 * The codes of a column, for methods that learn them in their own way: which values each code stands for and how often. The
 * number {@link #size()} stands for a missing value. Immutable.
 */
public final class CodedColumn {

    /** The code of a name that the model leaves out. */
    public static final int NONE = ColumnCodes.NONE;

    private final ColumnCodes codes;

    CodedColumn(ColumnCodes codes) {
        this.codes = codes;
    }

    /**
     * Values of a code, on the scale of the column's vector from an origin on.
     *
     * @param low the smallest value
     * @param high the largest value
     * @param mass in proportion to how often they are drawn; not negative
     */
    public record Segment(double low, double high, double mass) {
    }

    /**
     * Creates codes for names.
     *
     * @param names all names, in the order of the dictionary of generated rows
     * @param members for each code, the numbers of its names; equally likely
     */
    public static CodedColumn ofNames(Column column, List<String> names, List<List<Integer>> members) {
        SegmentList segments = new SegmentList();
        for (List<Integer> own : members) {
            own.forEach(name -> segments.add(name, name, 1));
            segments.endCode();
        }
        return new CodedColumn(
                new ColumnCodes(column, segments.build(), TextDictionary.of(names), 0, 1, Optional.empty()));
    }

    /**
     * Creates codes for numbers or dates.
     *
     * @param origin the value at the place 0; 0 for doubles
     * @param members for each code its segments, in ascending order over all codes
     */
    public static CodedColumn ofNumbers(Column column, long origin, List<List<Segment>> members) {
        SegmentList segments = new SegmentList();
        for (List<Segment> own : members) {
            own.forEach(segment -> segments.add(segment.low(), segment.high(), segment.mass()));
            segments.endCode();
        }
        return new CodedColumn(
                new ColumnCodes(column, segments.build(), TextDictionary.of(List.of()), origin, 1, Optional.empty()));
    }

    /** Creates the one code of texts that follow a pattern. */
    public static CodedColumn ofTexts(Column column, TextPattern pattern) {
        SegmentList segments = new SegmentList();
        segments.add(0, 0, 1);
        segments.endCode();
        return new CodedColumn(
                new ColumnCodes(column, segments.build(), TextDictionary.of(List.of()), 0, 1, Optional.of(pattern)));
    }

    public Column column() {
        return codes.column();
    }

    /** Returns the number of codes, without the code for missing values. */
    public int size() {
        return codes.missing();
    }

    /** Returns whether the codes stand for numbers or dates, in ascending order. */
    public boolean isOrdered() {
        return codes.kind().isOrdered();
    }

    /** Returns whether the values are texts that follow a pattern. */
    public boolean isText() {
        return codes.kind() == CodeKind.TEXT;
    }

    /** Returns the code of a name, or {@link #NONE}. */
    public int codeOf(String name) {
        return codes.codeOf(name);
    }

    /** Returns the code of a number or date; that of the nearest value if the number is outside the range. */
    public int codeOf(double number) {
        return codes.codeOf(Math.max(codes.least(), Math.min(codes.greatest(), codes.place(number))));
    }

    ColumnCodes codes() {
        return codes;
    }
}
