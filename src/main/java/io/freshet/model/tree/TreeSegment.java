package io.freshet.model.tree;

import java.time.Instant;

import io.freshet.model.LearningSegment;

/**
 * What trees learned from the rows of one period. It holds a model of the rows, not the rows themselves.
 *
 * @param rows the number of its rows that still count
 * @param share the share of the segment in the model that holds it
 * @param from the time at which the first row arrived
 * @param to the time at which the last row arrived
 * @param model the model of these rows alone, without segments
 */
public record TreeSegment(double rows, double share, Instant from, Instant to, TreeModel model)
        implements
            LearningSegment<TreeSegment> {

    public TreeSegment {
        if (!(rows >= 0) || !(share >= 0 && share <= 1 + 1e-9) || to.isBefore(from)) {
            throw new IllegalArgumentException(
                    "a segment of " + rows + " rows from " + from + " to " + to + " with the share " + share);
        }
    }

    @Override
    public TreeSegment withShare(double other) {
        return new TreeSegment(rows, other, from, to, model);
    }

    @Override
    public TreeSegment withRows(double left, Instant since) {
        return new TreeSegment(left, share, from.isBefore(since) ? since : from, to, model);
    }
}
