package io.freshet.retail;

import java.util.Arrays;
import java.util.List;

import io.freshet.stats.AliasTable;
import io.freshet.stats.Draws;
import io.freshet.stats.Permutation;

/** Customers that are computed from their index, so that even ten million customers need no memory. */
final class GeneratedCustomers implements Customers {

    private final long seed;
    private final List<Parameters.Segment> segments;
    private final AliasTable shares;
    private final int[] firsts;
    private final Permutation numbers;

    private GeneratedCustomers(long seed, List<Parameters.Segment> segments, int[] firsts) {
        this.seed = seed;
        this.segments = segments;
        this.shares = AliasTable.of(segments.stream().mapToDouble(Parameters.Segment::share).toArray());
        this.firsts = firsts;
        this.numbers = Permutation.of(Math.max(1, firsts[firsts.length - 1]), seed);
    }

    /** @param visits the number of visits to each store on a typical day; customers are distributed in proportion to them */
    static GeneratedCustomers of(long seed, List<Parameters.Segment> segments, int count, double[] visits) {
        double sum = Arrays.stream(visits).sum();
        int[] firsts = new int[visits.length + 1];
        double before = 0;
        for (int store = 0; store < visits.length; store++) {
            firsts[store] = (int) (count * (before / sum));
            before += visits[store];
        }
        firsts[visits.length] = count;
        return new GeneratedCustomers(seed, segments, firsts);
    }

    @Override
    public int count() {
        return firsts[firsts.length - 1];
    }

    @Override
    public int firstOf(int store) {
        return firsts[store];
    }

    @Override
    public int countOf(int store) {
        return firsts[store + 1] - firsts[store];
    }

    @Override
    public Customer get(int index) {
        if (index < 0 || index >= count()) {
            throw new IndexOutOfBoundsException(index);
        }
        Draws draws = Draws.of(index, 0, Purpose.CUSTOMER, seed);
        int segment = shares.draw(draws.word());
        boolean card = draws.chance(segments.get(segment).loyal());
        Loyalty loyalty = card ? draws.chance(0.3) ? Loyalty.GOLD : Loyalty.SILVER
                : draws.chance(0.5) ? Loyalty.BRONZE : Loyalty.NONE;
        return new Customer(index, 1 + (int) numbers.apply(index), home(index), segment, loyalty,
                draws.chance(segments.get(segment).app()));
    }

    private int home(int index) {
        int low = 0;
        int high = firsts.length - 2;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (firsts[middle] <= index) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }
}
