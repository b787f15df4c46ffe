package io.freshet.model.marginal;

import java.util.Arrays;

/**
 * Reduces the distribution function of many numbers to some anchors: equal steps in the body, which shrink in proportion to the
 * tail probability towards both ends. A frequent value that may be disclosed exactly keeps both its edges, as an atom. All
 * other anchors are means over several rows ({@link RareValues#FEWEST_ROWS} or more), and so are the ends, so that none is the
 * value of a single row.
 */
public final class NumberAnchors {

    /** The number of steps for all rows, for a part of them, and for a part of a part. */
    public static final int MANY = 1024;
    public static final int FEW = 256;
    public static final int FEWEST = 64;
    private static final double TAIL = 8;
    private static final double LARGE = 1e290;
    private static final int MIN_EXPONENT = -300;

    private final CountedNumbers numbers;
    private final double widest;
    /** A factor by which values are multiplied before they are summed, so that not even the largest doubles overflow. */
    private final double unit;
    /** The share of all smaller values, by value; 1 after the last. */
    private final double[] before;
    private final double[] cumulative;
    private final double[] anchors;
    private int used;

    private NumberAnchors(CountedNumbers numbers, int steps) {
        this.numbers = numbers;
        this.widest = 1.0 / steps;
        int size = numbers.size();
        this.unit = Math.max(Math.abs(numbers.values()[0]), Math.abs(numbers.values()[size - 1])) > LARGE ? 0x1p-64 : 1;
        this.before = new double[size + 1];
        double total = Arrays.stream(numbers.masses()).sum();
        for (int i = 0; i < size; i++) {
            before[i + 1] = Math.min(1, before[i] + numbers.masses()[i] / total);
        }
        before[size] = 1;
        // at most two for each value, and four for the ends of each run
        this.cumulative = new double[6 * size + 6];
        this.anchors = new double[6 * size + 6];
    }

    /**
     * @param numbers at least one
     * @param steps about how many anchors
     */
    public static ContinuousMarginal of(CountedNumbers numbers, int steps) {
        return new NumberAnchors(numbers, steps).marginal();
    }

    private ContinuousMarginal marginal() {
        int size = numbers.size();
        int run = 0;
        for (int i = 0; i < size; i++) {
            if (isAtom(i)) {
                addRuns(run, i);
                add(before[i], numbers.values()[i]);
                add(before[i + 1], numbers.values()[i]);
                run = i + 1;
            }
        }
        addRuns(run, size);
        return ContinuousMarginal.of(Arrays.copyOf(cumulative, used), Arrays.copyOf(anchors, used));
    }

    private boolean isAtom(int i) {
        return numbers.exact()[i] && (numbers.listed() || before[i + 1] - before[i] >= widest);
    }

    private void add(double share, double value) {
        cumulative[used] = share;
        // rounding may put a mean past its neighbour
        anchors[used] = used == 0 ? value : Math.max(anchors[used - 1], value);
        used++;
    }

    /** Adds the values between two indexes, with a jump at each wide gap. */
    private void addRuns(int from, int to) {
        boolean[] wide = WideGaps.below(numbers.values(), from, to);
        int run = from;
        for (int i = from; i < to; i++) {
            if (wide[i]) {
                addRun(run, i);
                run = i;
            }
        }
        addRun(run, to);
    }

    /** Adds the values between two indexes, which are between two atoms or wide gaps, or one of them and an end. */
    private void addRun(int from, int to) {
        boolean whole = from == 0 || to == numbers.size();
        if (from == to || rows(from, to) < RareValues.FEWEST_ROWS && !whole) {
            // the distribution function is linear from one atom to the next
            return;
        }
        double low = lowEnd(from, to);
        double high = Math.max(low, highEnd(from, to));
        add(before[from], low);
        add((before[from] + before[from + 1]) / 2, low);
        addGroups(from, to, low, high);
        add((before[to - 1] + before[to]) / 2, high);
        add(before[to], high);
    }

    private void addGroups(int from, int to, double low, double high) {
        double rows = 0;
        double mass = 0;
        double sum = 0;
        int begin = from;
        double first = (before[from] + before[from + 1]) / 2;
        double last = (before[to - 1] + before[to]) / 2;
        for (int i = from; i < to; i++) {
            rows += numbers.rows()[i];
            mass += numbers.masses()[i];
            sum += numbers.masses()[i] * (numbers.values()[i] * unit);
            double middle = (before[begin] + before[i + 1]) / 2;
            double step = Math.min(widest, Math.min(middle, 1 - middle) / TAIL);
            if (rows >= RareValues.FEWEST_ROWS && before[i + 1] - before[begin] >= step) {
                if (middle > first && middle < last) {
                    add(middle, Math.min(high, Math.max(low, mean(sum, mass))));
                }
                begin = i + 1;
                rows = 0;
                mass = 0;
                sum = 0;
            }
        }
    }

    private double rows(int from, int to) {
        double rows = 0;
        for (int i = from; i < to; i++) {
            rows += numbers.rows()[i];
        }
        return rows;
    }

    private double mean(double sum, double mass) {
        double mean = sum / mass / unit;
        return numbers.whole() ? Math.rint(mean) : mean;
    }

    /**
     * Returns the low end of a run: the mean of the lowest rows, or the minimum rounded up to two digits of the spread if that
     * is lower.
     */
    private double lowEnd(int from, int to) {
        int i = from;
        double rows = 0;
        double mass = 0;
        double sum = 0;
        while (i < to && rows < RareValues.FEWEST_ROWS) {
            rows += numbers.rows()[i];
            mass += numbers.masses()[i];
            sum += numbers.masses()[i] * (numbers.values()[i] * unit);
            i++;
        }
        return Math.min(mean(sum, mass), coarse(from, to, numbers.values()[from], true));
    }

    private double highEnd(int from, int to) {
        int i = to - 1;
        double rows = 0;
        double mass = 0;
        double sum = 0;
        while (i >= from && rows < RareValues.FEWEST_ROWS) {
            rows += numbers.rows()[i];
            mass += numbers.masses()[i];
            sum += numbers.masses()[i] * (numbers.values()[i] * unit);
            i--;
        }
        return Math.max(mean(sum, mass), coarse(from, to, numbers.values()[to - 1], false));
    }

    /** Returns an end rounded inwards to two digits of the spread; infinitely far inwards if it must not be disclosed. */
    private double coarse(int from, int to, double end, boolean up) {
        double spread = numbers.values()[to - 1] - numbers.values()[from];
        if (spread == 0) {
            return end;
        }
        int exponent = (int) Math.floor(StrictMath.log10(spread)) - 1;
        if (Double.isInfinite(spread) || exponent < MIN_EXPONENT) {
            return up ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
        }
        boolean fraction = exponent < 0 && !numbers.whole();
        double scale = StrictMath.pow(10, fraction ? -exponent : Math.max(0, exponent));
        double scaled = fraction ? end * scale : end / scale;
        double rounded = up ? Math.ceil(scaled) : Math.floor(scaled);
        double value = fraction ? rounded / scale : rounded * scale;
        return up ? Math.max(end, value) : Math.min(end, value);
    }
}
