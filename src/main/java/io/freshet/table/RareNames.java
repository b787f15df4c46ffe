package io.freshet.table;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Decides which names of a column are too rare to be disclosed: those that fewer than {@value #FEWEST_ROWS} rows have, in a
 * table of {@value #MIN_TABLE_ROWS} rows or more. (In a smaller table every name would be rare.)
 */
public final class RareNames {

    /** A value with fewer rows identifies those rows. */
    public static final int FEWEST_ROWS = 5;
    /** In a smaller table, all names are disclosed. */
    public static final int MIN_TABLE_ROWS = 200;

    private RareNames() {
    }

    /** @param rows how many of {@code tableRows} rows have a name */
    public static boolean isRare(long rows, long tableRows) {
        return tableRows >= MIN_TABLE_ROWS && rows < FEWEST_ROWS;
    }

    /**
     * Returns the codes of the names that may be disclosed, ascending. All may if most rows have a rare one, because then the
     * user declared the column to be categorical.
     *
     * @param counts the number of rows that have each name
     */
    public static int[] disclosed(List<Long> counts) {
        long all = counts.stream().mapToLong(Long::longValue).sum();
        int[] kept = IntStream.range(0, counts.size()).filter(code -> !isRare(counts.get(code), all)).toArray();
        long rows = IntStream.of(kept).mapToLong(counts::get).sum();
        return 2 * rows >= all ? kept : IntStream.range(0, counts.size()).toArray();
    }

    /** Returns whether more rows have a rare name than a frequent one, so that the column is not categorical. */
    static boolean prevail(DistinctTexts texts, long tableRows) {
        long rare = 0;
        long all = 0;
        for (int code = 0; code < texts.size(); code++) {
            rare += isRare(texts.count(code), tableRows) ? texts.count(code) : 0;
            all += texts.count(code);
        }
        return 2 * rare > all;
    }
}
