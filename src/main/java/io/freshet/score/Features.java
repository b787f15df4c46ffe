package io.freshet.score;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

import io.freshet.stats.BinnedColumns;

/** Compared columns as bins, with the real rows before the synthetic ones. Categories are numbered by frequency. */
final class Features {

    private Features() {
    }

    /** @param columns at least one */
    static BinnedColumns of(List<ComparedColumn> columns) {
        List<double[]> numbers = new ArrayList<>();
        columns.forEach(column -> numbers.add(numbers(column)));
        return BinnedColumns.of(numbers);
    }

    private static double[] numbers(ComparedColumn column) {
        if (column instanceof ComparedColumn.Continuous numbers) {
            double[] both = Arrays.copyOf(numbers.real(), numbers.real().length + numbers.synthetic().length);
            System.arraycopy(numbers.synthetic(), 0, both, numbers.real().length, numbers.synthetic().length);
            return both;
        }
        ComparedColumn.Discrete codes = (ComparedColumn.Discrete) column;
        int[] counts = new int[codes.levels()];
        IntStream.concat(Arrays.stream(codes.real()), Arrays.stream(codes.synthetic())).filter(code -> code >= 0)
                .forEach(code -> counts[code]++);
        List<Integer> order = IntStream.range(0, counts.length).boxed()
                .sorted((a, b) -> counts[a] != counts[b] ? counts[b] - counts[a]
                        : codes.labels().get(a).compareTo(codes.labels().get(b)))
                .toList();
        double[] rank = new double[counts.length];
        for (int i = 0; i < rank.length; i++) {
            rank[order.get(i)] = i;
        }
        return IntStream.concat(Arrays.stream(codes.real()), Arrays.stream(codes.synthetic()))
                .mapToDouble(code -> code < 0 ? Double.NaN : rank[code]).toArray();
    }
}
