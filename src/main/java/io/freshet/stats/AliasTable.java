package io.freshet.stats;

/**
 * Draws from finitely many outcomes with given weights in constant time. The method is A. J. Walker's alias method (1977,
 * doi:10.1145/355744.355749) with M. D. Vose's construction (1991, doi:10.1109/32.92917). Immutable.
 */
public final class AliasTable {

    private final int size;
    private final int[] thresholds;
    private final int[] aliases;

    private AliasTable(int size) {
        this.size = size;
        thresholds = new int[size];
        aliases = new int[size];
    }

    /**
     * Builds a table.
     *
     * @param weights the weight of each outcome; none is negative and at least one is positive
     * @throws IllegalArgumentException if a weight is negative, or none is positive
     */
    public static AliasTable of(double[] weights) {
        double sum = 0;
        for (double weight : weights) {
            if (!(weight >= 0)) {
                throw new IllegalArgumentException("weights must not be negative");
            }
            sum += weight;
        }
        if (!(sum > 0) || Double.isInfinite(sum)) {
            throw new IllegalArgumentException("some weight must be positive");
        }
        AliasTable table = new AliasTable(weights.length);
        table.fill(weights, sum);
        return table;
    }

    private void fill(double[] weights, double sum) {
        double[] scaled = new double[size];
        int[] small = new int[size];
        int[] large = new int[size];
        int smalls = 0;
        int larges = 0;
        for (int i = 0; i < size; i++) {
            scaled[i] = weights[i] * size / sum;
            if (scaled[i] < 1) {
                small[smalls++] = i;
            } else {
                large[larges++] = i;
            }
        }
        while (smalls > 0 && larges > 0) {
            int less = small[--smalls];
            int more = large[--larges];
            set(less, scaled[less], more);
            scaled[more] -= 1 - scaled[less];
            if (scaled[more] < 1) {
                small[smalls++] = more;
            } else {
                large[larges++] = more;
            }
        }
        // apart from rounding errors, the remaining columns are full
        while (larges > 0) {
            int i = large[--larges];
            set(i, 1, i);
        }
        while (smalls > 0) {
            int i = small[--smalls];
            set(i, weights[i] > 0 ? 1 : 0, weights[i] > 0 ? i : heaviest(weights));
        }
    }

    private static int heaviest(double[] weights) {
        int heaviest = 0;
        for (int i = 1; i < weights.length; i++) {
            heaviest = weights[i] > weights[heaviest] ? i : heaviest;
        }
        return heaviest;
    }

    private void set(int outcome, double own, int alias) {
        thresholds[outcome] = (int) Math.min(0xFFFFFFFFL, (long) (own * 0x1p32));
        aliases[outcome] = own >= 1 ? outcome : alias;
    }

    public int size() {
        return size;
    }

    /**
     * Returns the outcome of a random word. The high half of the word chooses a column, and the low half chooses one of the
     * column's two outcomes.
     */
    public int draw(long word) {
        int column = (int) ((word >>> 32) * size >>> 32);
        return (word & 0xFFFFFFFFL) < (thresholds[column] & 0xFFFFFFFFL) ? column : aliases[column];
    }
}
