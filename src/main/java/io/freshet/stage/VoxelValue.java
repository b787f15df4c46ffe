package io.freshet.stage;

/** What came of one signal in one cell; all 0 if nothing did. */
public record VoxelValue(int count, double sum, double least, double greatest, double last) {

    /** NaN if there are no values. */
    public double mean() {
        return sum / count;
    }
}
