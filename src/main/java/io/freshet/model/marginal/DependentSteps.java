package io.freshet.model.marginal;

import java.util.List;
import java.util.stream.IntStream;

import io.freshet.table.CodedVector;
import io.freshet.table.ColumnVector;
import io.freshet.table.Dictionary;

/**
 * A choice among dictionary entries whose shares depend on the value of another column, the parent. The latent number only
 * decides within the distribution given the parent's value, so it does not correlate with that of the parent.
 *
 * @param overall the shares regardless of the parent's value
 * @param parent the number of the parent column
 * @param groupOf the group of each entry of the parent's dictionary and, after the last, of a missing value
 * @param groups the choices, all among entries of the same dictionary
 */
@SuppressWarnings("ArrayRecordComponent") // confined to this package, never compared
public record DependentSteps(StepValues overall, int parent, int[] groupOf, List<StepValues> groups) implements ValueModel {

    public DependentSteps {
        groups = List.copyOf(groups);
        int size = groups.size();
        if (parent < 0 || IntStream.of(groupOf).anyMatch(group -> group < 0 || group >= size)) {
            throw new IllegalArgumentException("a group that is not one of the " + size + " groups of its parent's values");
        }
    }

    Dictionary dictionary() {
        return overall.dictionary();
    }

    /** @param parentCode the entry of the parent's dictionary, or its size if the value is missing */
    public StepValues given(int parentCode) {
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

    /** Fills the vector as if the parent's value were not known. */
    @Override
    public void fill(ColumnVector vector, double[] z, int[] scratch, int at, int rows) {
        overall.fill(vector, z, scratch, at, rows);
    }

    /** Fills the vector as {@link #fill} does, depending on the values of the parent in the same places. */
    public void fill(ColumnVector vector, ColumnVector parentVector, double[] z, int at, int rows) {
        int[] out = ((CodedVector) vector).codes();
        int[] parents = ((CodedVector) parentVector).codes();
        for (int i = 0; i < rows; i++) {
            StepValues choice = groups.get(groupOf[parents[at + i]]);
            out[at + i] = choice.code(choice.isLatent() ? choice.marginal().code(z[i]) : 0);
        }
    }
}
