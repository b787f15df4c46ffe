package io.freshet.model.declared;

import io.freshet.stats.Normal;

/** A continuous distribution, given by its distribution function and its quantiles. The same bits on every machine. */
interface Distribution {

    /** Returns P(X ≤ x). */
    double cumulative(double x);

    /** Returns the number below which values have the probability p, 0 to 1; may be infinite at the ends. */
    double quantile(double p);

    /** Every number from {@code min} to {@code max} is equally likely. */
    record Uniform(double min, double max) implements Distribution {

        @Override
        public double cumulative(double x) {
            return max > min ? Math.max(0, Math.min(1, (x - min) / (max - min))) : x < min ? 0 : 1;
        }

        @Override
        public double quantile(double p) {
            return min + p * (max - min);
        }
    }

    /** @param deviation the standard deviation; positive */
    record Gaussian(double mean, double deviation) implements Distribution {

        @Override
        public double cumulative(double x) {
            return Normal.cumulative((x - mean) / deviation);
        }

        @Override
        public double quantile(double p) {
            return mean + deviation * Normal.inverse(p);
        }
    }

    /**
     * The logarithm has a normal distribution.
     *
     * @param location the mean of the logarithm
     * @param scale the standard deviation of the logarithm; positive
     */
    record LogNormal(double location, double scale) implements Distribution {

        @Override
        public double cumulative(double x) {
            return x <= 0 ? 0 : Normal.cumulative((StrictMath.log(x) - location) / scale);
        }

        @Override
        public double quantile(double p) {
            return StrictMath.exp(location + scale * Normal.inverse(p));
        }
    }

    /** @param mean positive */
    record Exponential(double mean) implements Distribution {

        @Override
        public double cumulative(double x) {
            return x <= 0 ? 0 : -StrictMath.expm1(-x / mean);
        }

        @Override
        public double quantile(double p) {
            return -mean * StrictMath.log1p(-p);
        }
    }

    /**
     * Whole numbers from 0 with given cumulative probabilities.
     *
     * @param first the number of the first probability
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Counted(int first, double[] cumulative) implements Distribution {

        /** Returns the Poisson distribution, up to numbers whose probability does not show. */
        static Counted poisson(double mean) {
            int size = (int) (mean + 12 * StrictMath.sqrt(mean) + 20);
            double[] weights = new double[size];
            int mode = (int) mean;
            weights[mode] = 1;
            for (int k = mode + 1; k < size; k++) {
                weights[k] = weights[k - 1] * mean / k;
            }
            for (int k = mode - 1; k >= 0; k--) {
                weights[k] = weights[k + 1] * (k + 1) / mean;
            }
            return of(0, weights);
        }

        /** Returns the distribution of 1 to {@code values} with probabilities proportional to k<sup>−exponent</sup>. */
        static Counted zipf(double exponent, int values) {
            double[] weights = new double[values];
            for (int k = 0; k < values; k++) {
                weights[k] = StrictMath.pow(k + 1, -exponent);
            }
            return of(1, weights);
        }

        private static Counted of(int first, double[] weights) {
            double[] cumulative = new double[weights.length];
            double sum = 0;
            for (int k = 0; k < weights.length; k++) {
                sum += weights[k];
                cumulative[k] = sum;
            }
            for (int k = 0; k < weights.length; k++) {
                cumulative[k] /= sum;
            }
            return new Counted(first, cumulative);
        }

        @Override
        public double cumulative(double x) {
            double k = Math.floor(x) - first;
            return k < 0 ? 0 : k >= cumulative.length ? 1 : cumulative[(int) k];
        }

        @Override
        public double quantile(double p) {
            int low = 0;
            int high = cumulative.length - 1;
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (cumulative[middle] >= p) {
                    high = middle;
                } else {
                    low = middle + 1;
                }
            }
            return first + low;
        }
    }
}
