package io.freshet.source;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** How many messages could not be read, and why the first few. Written by one thread, asked by any. */
final class RefusedMessages {

    private static final int SAMPLES = 5;
    private static final int LONGEST_SAMPLE = 200;

    private final List<String> samples = new CopyOnWriteArrayList<>();
    private volatile long count;

    void add(TopicConsumer.Message message, String reason) {
        count = count + 1;
        if (samples.size() < SAMPLES) {
            String text = "partition " + message.partition() + ", offset " + message.offset() + ": " + reason;
            samples.add(text.length() > LONGEST_SAMPLE ? text.substring(0, LONGEST_SAMPLE) + "…" : text);
        }
    }

    long count() {
        return count;
    }

    List<String> samples() {
        return List.copyOf(samples);
    }
}
