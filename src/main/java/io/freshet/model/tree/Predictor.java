package io.freshet.model.tree;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.freshet.table.ColumnType;

/**
 * A value that a tree may split on: the codes of a column, or a part of its dates.
 *
 * @param column the number of the column in the table
 * @param part the part of the date; empty for the codes
 * @param size the number of values
 * @param ordered whether a split may separate only ranges of values
 */
record Predictor(int column, Optional<SeasonalPart> part, int size, boolean ordered) {

    /** Returns all predictors of a table. Those of one column are adjacent, its codes first. */
    static List<Predictor> of(List<ColumnCodes> columns) {
        List<Predictor> all = new ArrayList<>();
        for (int c = 0; c < columns.size(); c++) {
            ColumnCodes codes = columns.get(c);
            all.add(new Predictor(c, Optional.empty(), codes.size(), codes.kind() != CodeKind.NAME));
            if (codes.column().type() instanceof ColumnType.DateTime dates) {
                for (SeasonalPart part : SeasonalPart.values()) {
                    if (part.isIn(dates.format())) {
                        // the additional last value represents a missing date
                        all.add(new Predictor(c, Optional.of(part), part.size() + 1, true));
                    }
                }
            }
        }
        return all;
    }
}
