package io.freshet.model;

import java.time.Instant;

/**
 * The distribution of the rows that a model learned in one period of time.
 *
 * @param <S> the segment itself
 */
public interface LearningSegment<S extends LearningSegment<S>> {

    /** Returns how many of its rows still count. */
    double rows();

    /** Returns when the first of its rows arrived. */
    Instant from();

    /** Returns when the last of its rows arrived. */
    Instant to();

    /** Returns its share in the model. */
    double share();

    S withShare(double share);

    /** Returns the same distribution with fewer rows, none of which arrived before an instant. */
    S withRows(double rows, Instant since);
}
