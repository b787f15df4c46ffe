package io.freshet.model.privacy;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

import io.freshet.model.marginal.TextPattern;
import io.freshet.model.tree.CodedColumn;
import io.freshet.table.Column;
import io.freshet.table.ColumnType;

/**
 * The codes of one column and their noisy counts. What is declared about the column is taken as it is, and the rest is bought
 * in the order of the methods: the range, the bins, the counts.
 */
abstract class ColumnFit {

    /** Counts below this many standard deviations of their noise are joined with others. */
    static final double CLEAR = 3;
    private static final String DIGITS = "0123456789";
    private static final int IDENTIFIER_DIGITS = 9;
    private static final int MEAN_WORDS = 6;

    final RawTable table;
    final int index;
    final ColumnType type;
    private @Nullable CodedColumn codes;
    private @Nullable NoisyCounts marginal;
    private boolean mayMiss;

    ColumnFit(RawTable table, int index, ColumnType type) {
        this.table = table;
        this.index = index;
        this.type = type;
    }

    /** Returns a column of texts, whose values are drawn from a form that does not depend on the data. */
    static ColumnFit ofTexts(RawTable table, int index, ColumnType type) {
        boolean prose = type instanceof ColumnType.FreeText;
        TextPattern pattern = prose ? new TextPattern(List.of(), MEAN_WORDS)
                : new TextPattern(IntStream.range(0, IDENTIFIER_DIGITS).mapToObj(i -> DIGITS).toList(), 0);
        return new ColumnFit(table, index, type) {
            @Override
            void measure(NoisyQueries queries, double rho, double delta) {
                long[] counts = new long[2];
                for (int row = 0; row < table.rows(); row++) {
                    counts[text(row) == null ? 1 : 0]++;
                }
                NoisyCounts noisy = queries.counts(counts, rho);
                finish(noisy, new int[] { 0 }, 1, column -> CodedColumn.ofTexts(column, pattern));
            }
        };
    }

    /** Returns whether the range has to be bought. */
    boolean needsRange() {
        return false;
    }

    /** Buys the range. */
    void findRange(NoisyQueries queries, double rho) {
        throw new IllegalStateException("the range is known");
    }

    /** Returns at how many levels bins have to be bought; 0 if each value has a code of its own. */
    int levels() {
        return 0;
    }

    /** @param rho of each level */
    void findBins(NoisyQueries queries, double rho) {
        throw new IllegalStateException("the bins are known");
    }

    /** Returns whether names are bought, which takes a δ. */
    boolean isOpen() {
        return false;
    }

    /**
     * Buys counts and decides on the codes.
     *
     * @param delta the probability that a name of one row is kept, for a column that is open
     */
    abstract void measure(NoisyQueries queries, double rho, double delta);

    /** Creates the codes for a column. */
    interface Coding {
        CodedColumn of(Column column);
    }

    /**
     * Decides whether values can be missing, which its count says, and sets the codes. A column without codes is always
     * missing.
     *
     * @param counts of all values and, last, of missing ones
     * @param groups the code of each value
     */
    final void finish(NoisyCounts counts, int[] groups, int size, Coding coding) {
        int missing = counts.size() - 1;
        mayMiss = size == 0 || counts.value(missing) >= CLEAR * StrictMath.sqrt(counts.variance(missing));
        int[] all = Arrays.copyOf(groups, missing + 1);
        all[missing] = mayMiss ? size : -1;
        marginal = counts.grouped(all, size + (mayMiss ? 1 : 0));
        Column known = table.columns().get(index);
        codes = coding.of(new Column(known.name(), type, mayMiss, known.path()));
    }

    final String name() {
        return table.columns().get(index).name();
    }

    final @Nullable String text(int row) {
        return table.text(index, row);
    }

    final CodedColumn codes() {
        return measured(codes);
    }

    /** Returns the counts of the codes and, if values can be missing, of missing values. */
    final NoisyCounts marginal() {
        return measured(marginal);
    }

    private static <T> T measured(@Nullable T result) {
        if (result == null) {
            throw new IllegalStateException("the column has not been measured");
        }
        return result;
    }

    /** Returns the code of each row; negative if the model has none for it. */
    final short[] encoded() {
        return encoded(codes(), mayMiss, table, index);
    }

    /**
     * Returns the code of each row of a column; negative if there is none for it.
     *
     * @param mayMiss whether the code {@code codes.size()} stands for missing values
     */
    static short[] encoded(CodedColumn codes, boolean mayMiss, RawTable table, int index) {
        short[] encoded = new short[table.rows()];
        short missing = (short) (mayMiss ? codes.size() : CodedColumn.NONE);
        for (int row = 0; row < encoded.length; row++) {
            String text = table.text(index, row);
            encoded[row] = text == null ? missing : (short) code(codes, text, missing);
        }
        return encoded;
    }

    private static int code(CodedColumn codes, String text, int missing) {
        if (codes.isText()) {
            return 0;
        }
        if (codes.isOrdered()) {
            double number = NumberReading.of(text, codes.column().type());
            return Double.isNaN(number) ? missing : codes.codeOf(number);
        }
        return codes.codeOf(NameFit.canonical(text, codes.column().type()));
    }
}
