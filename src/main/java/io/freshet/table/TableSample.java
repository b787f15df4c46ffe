package io.freshet.table;

import java.util.List;

/**
 * What a reader made of a table in one pass and bounded memory: the rows themselves while they fit, else a uniform random
 * sample of them, beside exact counts over all rows.
 *
 * @param rows the (sampled) rows
 * @param totalRows how many rows the input had
 * @param missing for each column, how many of all rows had no value
 * @param valueCounts for each column that a {@link CodedVector} over a {@link TextDictionary} holds: for each code, how many
 *        of all rows had it; an empty list for all other columns
 */
public record TableSample(RowBatch rows, long totalRows, List<Long> missing, List<List<Long>> valueCounts) {

    public TableSample {
        missing = List.copyOf(missing);
        valueCounts = valueCounts.stream().map(List::copyOf).toList();
    }

    public Schema schema() {
        return rows.schema();
    }
}
