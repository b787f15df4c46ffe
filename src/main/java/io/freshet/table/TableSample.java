package io.freshet.table;

import java.util.List;

/**
 * The result of reading a table in one pass and bounded memory: the rows if they fit, otherwise a uniform random sample of
 * them, and exact counts over all rows.
 *
 * @param rows the (sampled) rows
 * @param totalRows how many rows the input had
 * @param missing for each column, how many of all rows had no value
 * @param valueCounts for each column that is a {@link CodedVector} over a {@link TextDictionary}: for each code, how many of
 *        all rows had it; an empty list for all other columns
 * @param notices what the owner of the table may not expect about how it was read
 */
public record TableSample(RowBatch rows, long totalRows, List<Long> missing, List<List<Long>> valueCounts,
        List<Notice> notices) {

    public TableSample {
        missing = List.copyOf(missing);
        notices = List.copyOf(notices);
        valueCounts = valueCounts.stream().map(List::copyOf).toList();
    }

    /** Creates a sample without notices. */
    public TableSample(RowBatch rows, long totalRows, List<Long> missing, List<List<Long>> valueCounts) {
        this(rows, totalRows, missing, valueCounts, List.of());
    }

    public Schema schema() {
        return rows.schema();
    }
}
