package io.freshet.model.relation;

import java.util.List;
import java.util.function.IntPredicate;

import io.freshet.table.Column;
import io.freshet.table.ColumnVector;
import io.freshet.table.Schema;

/**
 * A rule between the columns of every row, in the direction in which one column follows from others. Columns are identified by
 * number. Immutable.
 */
public sealed interface Relation permits CompleteRelation, PartialRelation {

    /** Returns the column that follows from the others. */
    int target();

    /** Returns the columns that determine the target. */
    List<Integer> sources();

    /** Returns the kind of relation in one or two words. */
    String kind();

    /** Returns the relation as users see and declare it. */
    String text(Schema schema);

    /** Returns whether a row breaks the relation. A row that lacks a value the relation needs never breaks it. */
    IntPredicate broken(Cells cells);

    /**
     * Returns a step that writes the target into a row whose sources are complete.
     *
     * @param own the vector of the target; for a partial relation it holds what the model drew
     */
    RowStep derivation(Cells cells, ColumnVector own);

    /** Returns the column that a model learns in place of the target. */
    Column inner(Column column);
}
