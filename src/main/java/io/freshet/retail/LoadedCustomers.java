package io.freshet.retail;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Customers that were loaded from a file, held in a few bytes each. */
final class LoadedCustomers implements Customers {

    /** A customer as it was loaded. */
    record Loaded(int number, int home, int segment, Loyalty loyalty, boolean app) {
    }

    private static final Loyalty[] LOYALTIES = Loyalty.values();

    private final int[] firsts;
    private final int[] numbers;
    private final int[] homes;
    private final byte[] segments;
    private final byte[] loyalties;
    private final boolean[] apps;

    LoadedCustomers(List<Loaded> customers, int stores) {
        int[] order = IntStream.range(0, customers.size()).boxed()
                .sorted((one, other) -> Integer.compare(customers.get(one).home(), customers.get(other).home()))
                .mapToInt(Integer::intValue).toArray();
        numbers = Arrays.stream(order).map(at -> customers.get(at).number()).toArray();
        homes = Arrays.stream(order).map(at -> customers.get(at).home()).toArray();
        segments = new byte[order.length];
        loyalties = new byte[order.length];
        apps = new boolean[order.length];
        firsts = new int[stores + 1];
        for (int i = 0; i < order.length; i++) {
            Loaded customer = customers.get(order[i]);
            segments[i] = (byte) customer.segment();
            loyalties[i] = (byte) customer.loyalty().ordinal();
            apps[i] = customer.app();
            firsts[customer.home() + 1]++;
        }
        for (int store = 0; store < stores; store++) {
            firsts[store + 1] += firsts[store];
        }
    }

    @Override
    public int count() {
        return numbers.length;
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
        return new Customer(index, numbers[index], homes[index], segments[index], LOYALTIES[loyalties[index]], apps[index]);
    }
}
