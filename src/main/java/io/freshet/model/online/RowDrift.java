package io.freshet.model.online;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.freshet.model.ColumnDrift;
import io.freshet.table.Column;
import io.freshet.table.ColumnType;
import io.freshet.table.RowBatch;
import io.freshet.table.Schema;

/** How far the columns of some rows are from those of others. */
public final class RowDrift {

    private RowDrift() {
    }

    /**
     * The distance of a mixture from its first part, which is the distance of its parts times the weight of the second.
     *
     * @param share the weight of the second part, 0 to 1
     */
    public static List<ColumnDrift> of(Schema schema, RowBatch before, RowBatch after, double share) {
        List<ColumnDrift> drift = new ArrayList<>();
        for (Column column : schema.columns()) {
            NewColumn first = NewColumn.of(before, column);
            NewColumn second = NewColumn.of(after, column);
            boolean names = column.type() instanceof ColumnType.Categorical || column.type() instanceof ColumnType.Bool;
            double distance = names ? totalVariation(first, second) : kolmogorovSmirnov(first, second);
            drift.add(new ColumnDrift(column.name(), names ? "total_variation" : "kolmogorov_smirnov", share * distance,
                    share * (missing(second) - missing(first))));
        }
        return drift;
    }

    private static double missing(NewColumn column) {
        int missing = 0;
        for (int row = 0; row < column.rows(); row++) {
            missing += column.isMissing(row) ? 1 : 0;
        }
        return (double) missing / column.rows();
    }

    private static double totalVariation(NewColumn first, NewColumn second) {
        Map<Object, double[]> shares = new HashMap<>();
        add(first, shares, 0);
        add(second, shares, 1);
        return shares.values().stream().mapToDouble(both -> Math.abs(both[0] - both[1])).sum() / 2;
    }

    private static void add(NewColumn column, Map<Object, double[]> shares, int which) {
        double each = 1 / Math.max(1, column.rows() * (1 - missing(column)));
        for (int row = 0; row < column.rows(); row++) {
            if (!column.isMissing(row)) {
                String text = column.text(row);
                Object value = text == null ? (Object) column.number(row) : text;
                shares.computeIfAbsent(value, key -> new double[2])[which] += each;
            }
        }
    }

    private static double kolmogorovSmirnov(NewColumn first, NewColumn second) {
        double[] a = sorted(first);
        double[] b = sorted(second);
        double largest = 0;
        int i = 0;
        int j = 0;
        while (i < a.length && j < b.length) {
            double at = Math.min(a[i], b[j]);
            while (i < a.length && a[i] == at) {
                i++;
            }
            while (j < b.length && b[j] == at) {
                j++;
            }
            largest = Math.max(largest, Math.abs((double) i / a.length - (double) j / b.length));
        }
        return largest;
    }

    private static double[] sorted(NewColumn column) {
        double[] numbers = new double[column.rows()];
        int size = 0;
        for (int row = 0; row < numbers.length; row++) {
            if (!Double.isNaN(column.number(row))) {
                numbers[size++] = column.number(row);
            }
        }
        double[] sorted = Arrays.copyOf(numbers, size);
        Arrays.sort(sorted);
        return sorted;
    }
}
