package io.freshet.model.tree;

import java.util.List;
import java.util.stream.IntStream;

/**
 * How much the distribution of a node depends on its parent's.
 *
 * @param rows the number of rows that the parent's distribution counts for in each node; positive
 * @param exempt the number of the predictor whose splits at the top of a tree inherit nothing, or {@link #NONE}: rows of a rare
 *        value are described by themselves alone
 */
record Shrinkage(double rows, int exempt) {

    static final int NONE = -1;

    static Shrinkage of(double rows) {
        return new Shrinkage(rows, NONE);
    }

    /** @param target the number of the target column in the table, or {@link TreeOptions#NO_TARGET} */
    static Shrinkage of(double rows, List<Predictor> predictors, int target) {
        return new Shrinkage(rows, IntStream.range(0, predictors.size())
                .filter(p -> predictors.get(p).column() == target && predictors.get(p).part().isEmpty())
                .findFirst().orElse(NONE));
    }
}
