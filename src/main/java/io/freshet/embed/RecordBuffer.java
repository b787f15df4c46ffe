package io.freshet.embed;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.freshet.stage.RecentRecords;
import io.freshet.stage.RecentRecords.Seen;

/**
 * Retains the last records that passed a {@link RecordPipeline}: a maximum number of them, or those of a period of time. Any
 * thread may read it.
 */
public final class RecordBuffer {

    private static final int DEFAULT_MAX_RECORDS = 10_000;
    private static final double PERCENT = 100;

    private final String description;
    private final int capacity;
    private final long maxAgeMillis;
    private final Clock clock;
    private final RecentRecords records;

    private RecordBuffer(String description, int capacity, long maxAgeMillis, Clock clock) {
        if (capacity < 1 || maxAgeMillis < 1) {
            throw new IllegalArgumentException("a buffer must hold at least one record for at least a millisecond");
        }
        this.description = description;
        this.capacity = capacity;
        this.maxAgeMillis = maxAgeMillis;
        this.clock = clock;
        this.records = new RecentRecords(description, capacity, maxAgeMillis);
    }

    /** Returns a buffer for the last {@code size} records. */
    public static RecordBuffer slidingWindow(int size) {
        return slidingWindow(size, Clock.systemUTC());
    }

    static RecordBuffer slidingWindow(int size, Clock clock) {
        return new RecordBuffer("sliding window of " + size, size, Long.MAX_VALUE, clock);
    }

    /** Returns a buffer for the records of the last {@code age}, but at most {@value #DEFAULT_MAX_RECORDS}. */
    public static RecordBuffer timeWindow(Duration age) {
        return timeWindow(age, DEFAULT_MAX_RECORDS);
    }

    /**
     * Returns a buffer for the records of the last {@code age}. If there are more than {@code maxRecords}, the oldest are
     * dropped.
     */
    public static RecordBuffer timeWindow(Duration age, int maxRecords) {
        return timeWindow(age, maxRecords, Clock.systemUTC());
    }

    static RecordBuffer timeWindow(Duration age, int maxRecords, Clock clock) {
        return new RecordBuffer("time window of " + seconds(age) + " s", maxRecords, age.toMillis(), clock);
    }

    private static String seconds(Duration age) {
        return age.toMillisPart() == 0 ? Long.toString(age.toSeconds()) : Double.toString(age.toMillis() / 1e3);
    }

    RecentRecords stage() {
        return records;
    }

    /** Returns the records, newest first. */
    public List<Map<String, @Nullable Object>> records() {
        return seen().stream().map(Seen::fields).toList();
    }

    private List<Seen> seen() {
        long now = clock.millis();
        return records.last(capacity, maxAgeMillis == Long.MAX_VALUE ? Long.MIN_VALUE : now - maxAgeMillis);
    }

    public int size() {
        return seen().size();
    }

    /** Returns how full it is, as a percentage of the maximum number of records. */
    public double utilizationPercent() {
        return PERCENT * size() / capacity;
    }

    /** Returns how long the oldest record has been in it; zero if it is empty. */
    public Duration age() {
        List<Seen> seen = seen();
        return seen.isEmpty() ? Duration.ZERO
                : Duration.ofMillis(Math.max(0, clock.millis() - seen.get(seen.size() - 1).seen()));
    }

    /** Returns a description, such as {@code sliding window of 50} or {@code time window of 10 s}. */
    @Override
    public String toString() {
        return description;
    }
}
