package io.freshet.score;

/** A column as part of a pair: its numbers, if it has any, and its categories, or the classes of its numbers. */
@SuppressWarnings("ArrayRecordComponent") // confined to this package, never compared
record PairedColumn(boolean continuous, double[] realNumbers, double[] syntheticNumbers, int[] realClasses,
        int[] syntheticClasses) {

    static PairedColumn of(ComparedColumn column) {
        if (column instanceof ComparedColumn.Continuous numbers) {
            return new PairedColumn(true, numbers.real(), numbers.synthetic(),
                    PairMetrics.classes(numbers.real(), numbers.real()),
                    PairMetrics.classes(numbers.real(), numbers.synthetic()));
        }
        ComparedColumn.Discrete codes = (ComparedColumn.Discrete) column;
        return new PairedColumn(false, new double[0], new double[0], codes.real(), codes.synthetic());
    }

    String metric(PairedColumn other) {
        return continuous && other.continuous ? "CorrelationSimilarity" : "ContingencySimilarity";
    }

    double similarity(PairedColumn other) {
        return continuous && other.continuous
                ? PairMetrics.correlationSimilarity(PairMetrics.correlation(realNumbers, other.realNumbers),
                        PairMetrics.correlation(syntheticNumbers, other.syntheticNumbers))
                : PairMetrics.contingencySimilarity(realClasses, other.realClasses, syntheticClasses, other.syntheticClasses);
    }

    /** Returns whether the association of the real columns exceeds the thresholds of SDMetrics. */
    boolean isAssociated(PairedColumn other) {
        return continuous && other.continuous
                ? Math.abs(PairMetrics.correlation(realNumbers, other.realNumbers)) > PairMetrics.CORRELATED
                : PairMetrics.association(realClasses, other.realClasses) > PairMetrics.ASSOCIATED;
    }
}
