package io.freshet.model;

import java.util.List;
import java.util.Map;

import io.freshet.table.Column;

/** A model that describes its columns itself. */
public interface DescribedModel extends SynthesisModel {

    /** Returns a readable summary of each column. */
    List<ColumnSummary> summaries();

    /** Returns the identifiers and texts, with the number of different values that their form can produce. */
    Map<Column, Long> textCapacities();

    /** Returns the smallest number or date of a column, in the representation of its vector. */
    double least(int column);

    /** Returns the largest number or date of a column, in the representation of its vector. */
    double greatest(int column);
}
