package io.freshet.model.tree;

/**
 * The classes of the target that a tree distinguishes while it grows. For names, these are the most frequent names. For numbers
 * and dates, they are the codes or, if there are many, groups of codes of about equal mass in ascending order, missing values
 * last.
 */
final class TargetClasses {

    private static final int MAX_NAMES = 48;
    private static final int GROUPS = 32;
    /** Up to this number, codes are not grouped, so that a number that follows from a name is learned exactly. */
    private static final int FEW_CODES = 40;

    private final boolean ordered;
    private final int size;
    /** The class of each row, or −1. */
    private final byte[] classes;

    private TargetClasses(boolean ordered, int size, byte[] classes) {
        this.ordered = ordered;
        this.size = size;
        this.classes = classes;
    }

    static TargetClasses of(CodedTable table, int column) {
        ColumnCodes codes = table.columns().get(column);
        short[] values = table.codes(column);
        boolean ordered = codes.kind().isOrdered();
        int[] classOf = ordered ? groups(values, codes.size()) : names(codes.size());
        int size = 0;
        for (int of : classOf) {
            size = Math.max(size, of + 1);
        }
        byte[] classes = new byte[values.length];
        for (int row = 0; row < values.length; row++) {
            classes[row] = (byte) (values[row] < 0 ? -1 : classOf[values[row]]);
        }
        return new TargetClasses(ordered, size, classes);
    }

    private static int[] names(int size) {
        int[] classOf = new int[size];
        for (int code = 0; code < size; code++) {
            classOf[code] = Math.min(code, MAX_NAMES - 1);
        }
        classOf[size - 1] = Math.min(size - 1, MAX_NAMES);
        return classOf;
    }

    private static int[] groups(short[] values, int size) {
        int[] counts = new int[size];
        int rows = 0;
        for (short value : values) {
            counts[value]++;
            rows += value == size - 1 ? 0 : 1;
        }
        int[] classOf = new int[size];
        double each = Math.max(1, rows / (double) GROUPS);
        int group = 0;
        double inside = 0;
        boolean few = size - 1 <= FEW_CODES;
        for (int code = 0; code < size - 1; code++) {
            if (inside > 0 && (few || inside + .5 * counts[code] > each)) {
                group++;
                inside = 0;
            }
            classOf[code] = group;
            inside += counts[code];
        }
        classOf[size - 1] = group + 1;
        return classOf;
    }

    /** Returns whether the classes are ordered, so that their cumulative shares count. */
    boolean ordered() {
        return ordered;
    }

    int size() {
        return size;
    }

    /** Returns the class of a row, or −1. */
    int of(int row) {
        return classes[row];
    }
}
