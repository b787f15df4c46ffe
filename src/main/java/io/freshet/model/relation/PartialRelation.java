package io.freshet.model.relation;

import io.freshet.table.ColumnVector;

/** A relation that leaves part of its target for a model to learn. */
public sealed interface PartialRelation extends Relation permits AtLeast, AtMost, Gate, Level, OwnRelation, ExclusiveFlag,
        Combinations {

    /**
     * Replaces the target of a row by the part that a model must learn.
     *
     * @param own a copy of the target's values
     * @param free set for rows in which a model has nothing to learn, whatever {@code own} holds
     */
    RowStep reduction(Cells cells, ColumnVector own, boolean[] free);
}
