package io.freshet.source;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Counts the messages that could not be decoded, and retains the reasons for the first few. Written by one thread; any thread
 * may read.
 */
public final class RejectedMessages {

    private static final int SAMPLES = 5;
    private static final int MAX_SAMPLE_LENGTH = 200;

    private final List<String> samples = new CopyOnWriteArrayList<>();
    private volatile long count;

    public void add(int partition, long offset, String reason) {
        add("partition " + partition + ", offset " + offset, reason);
    }

    /** @param where where the message was found, for the reader of the statistics */
    public void add(String where, String reason) {
        count = count + 1;
        if (samples.size() < SAMPLES) {
            String text = where + ": " + reason;
            samples.add(text.length() > MAX_SAMPLE_LENGTH ? text.substring(0, MAX_SAMPLE_LENGTH) + "…" : text);
        }
    }

    public long count() {
        return count;
    }

    public List<String> samples() {
        return List.copyOf(samples);
    }
}
