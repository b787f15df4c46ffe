package io.freshet.model;

import java.util.List;
import java.util.stream.IntStream;

import io.freshet.table.CodedVector;
import io.freshet.table.ColumnVector;
import io.freshet.table.Dictionary;

/**
 * A choice among entries of a dictionary whose shares depend on the value of another column, the parent. The latent number only
 * says where in the distribution given the parent's value the choice falls, so that it does not correlate with the parent's.
 *
 * @param overall the shares whatever the parent's value
 * @param parent the number of the other column
 * @param groupOf by entry of the parent's dictionary, and behind the last for a missing value: which group
 * @param groups the choices, all among entries of the same dictionary
 */
@SuppressWarnings("ArrayRecordComponent") // confined to this package, never compared
record DependentSteps(StepValues overall, int parent, int[] groupOf, List<StepValues> groups) implements ValueModel {

    DependentSteps {
        groups = List.copyOf(groups);
        int size = groups.size();
        if (parent < 0 || IntStream.of(groupOf).anyMatch(group -> group < 0 || group >= size)) {
            throw new IllegalArgumentException("a group that is not among the " + size + " groups of its parent's values");
        }
    }

    Dictionary dictionary() {
        return overall.dictionary();
    }

    /** @param parentCode the entry of the parent's dictionary, or its size where the value is missing */
    StepValues given(int parentCode) {
        return groups.get(groupOf[parentCode]);
    }

    @Override
    public ColumnVector newVector(int capacity) {
        return overall.newVector(capacity);
    }

    @Override
    public boolean isLatent() {
        return groups.stream().anyMatch(StepValues::isLatent);
    }

    /** As if the parent's value were not known. */
    @Override
    public void fill(ColumnVector vector, double[] z, int[] cells, int at, int rows) {
        overall.fill(vector, z, cells, at, rows);
    }

    /** As {@link #fill}, by the values of the parent in the same places. */
    void fill(ColumnVector vector, ColumnVector parentVector, double[] z, int at, int rows) {
        int[] out = ((CodedVector) vector).codes();
        int[] parents = ((CodedVector) parentVector).codes();
        for (int i = 0; i < rows; i++) {
            StepValues choice = groups.get(groupOf[parents[at + i]]);
            out[at + i] = choice.code(choice.isLatent() ? choice.marginal().code(z[i]) : 0);
        }
    }
}
