package io.freshet.stage;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * A simple reference implementation of windows: it keeps all records and computes each result from those that had arrived by
 * then.
 */
final class WindowOracle {

    /** A record that arrived. */
    record Arrival(long time, String key, double value) {
    }

    /** An expected result. */
    record Expected(String key, long start, int revision, long count, double sum, double least, double greatest,
            double variance) {
    }

    private final WindowTiming timing;
    private final List<Arrival> all = new ArrayList<>();
    private final TreeMap<String, Integer> given = new TreeMap<>();
    final List<Expected> results = new ArrayList<>();
    private long watermark = Long.MIN_VALUE;
    long tooLate;

    WindowOracle(WindowTiming timing) {
        this.timing = timing;
    }

    void accept(Arrival arrival) {
        advance(Math.max(watermark, arrival.time() - timing.delay()));
        List<Long> starts = starts(arrival.time());
        if (starts.stream().allMatch(start -> start + timing.size() + timing.grace() <= watermark)) {
            tooLate++;
            return;
        }
        all.add(arrival);
        for (long start : starts) {
            long end = start + timing.size();
            if (end <= watermark && end + timing.grace() > watermark) {
                give(arrival.key(), start);
            }
        }
    }

    void finish() {
        advance(Long.MAX_VALUE);
    }

    private void advance(long to) {
        long before = watermark;
        watermark = to;
        TreeMap<Long, TreeMap<String, Boolean>> ending = new TreeMap<>();
        for (Arrival arrival : all) {
            for (long start : starts(arrival.time())) {
                if (start + timing.size() > before && start + timing.size() <= to) {
                    ending.computeIfAbsent(start, s -> new TreeMap<>()).put(arrival.key(), true);
                }
            }
        }
        ending.forEach((start, keys) -> keys.keySet().forEach(key -> give(key, start)));
    }

    private void give(String key, long start) {
        double[] values = all.stream().filter(each -> each.key().equals(key) && starts(each.time()).contains(start))
                .mapToDouble(Arrival::value).toArray();
        double sum = 0;
        double min = Double.POSITIVE_INFINITY;
        double max = Double.NEGATIVE_INFINITY;
        for (double value : values) {
            sum += value;
            min = Math.min(min, value);
            max = Math.max(max, value);
        }
        double squares = 0;
        for (double value : values) {
            squares += (value - sum / values.length) * (value - sum / values.length);
        }
        int revision = given.merge(key + "@" + start, 1, Integer::sum) - 1;
        results.add(new Expected(key, start, revision, values.length, sum, min, max, squares / values.length));
    }

    private List<Long> starts(long time) {
        List<Long> starts = new ArrayList<>();
        for (long start = Math.floorDiv(time, timing.slide()) * timing.slide(); start > time - timing.size(); start -= timing
                .slide()) {
            starts.add(start);
        }
        return starts;
    }
}
