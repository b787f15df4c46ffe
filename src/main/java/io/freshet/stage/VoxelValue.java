package io.freshet.stage;

/** The aggregate of one signal in one cell; all 0 if it has no values. */
public record VoxelValue(int count, double sum, double least, double greatest, double last) {

    /** Returns the mean, or NaN if there are no values. */
    public double mean() {
        return sum / count;
    }
}
