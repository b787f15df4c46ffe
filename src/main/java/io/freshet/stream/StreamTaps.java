package io.freshet.stream;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

import jakarta.enterprise.context.ApplicationScoped;

import io.freshet.codec.EncodedRecords;
import io.freshet.source.TapSource;

/** Streams whose source is another stream. */
@ApplicationScoped
public class StreamTaps {

    private static final int MOST_WAITING = 10_000;

    private final Map<String, List<TapSource>> taps = new ConcurrentHashMap<>();
    private volatile Predicate<String> known = name -> false;
    private volatile Predicate<String> ended = name -> true;

    /** Says how to find out about streams. */
    void watch(Predicate<String> isThere, Predicate<String> hasEnded) {
        known = isThere;
        ended = hasEnded;
    }

    boolean isKnown(String stream) {
        return known.test(stream);
    }

    /** What a stream sends from now on. */
    TapSource open(String stream) {
        List<TapSource> all = taps.computeIfAbsent(stream, name -> new CopyOnWriteArrayList<>());
        TapSource[] opened = new TapSource[1];
        TapSource tap = new TapSource(MOST_WAITING, () -> ended.test(stream), () -> all.remove(opened[0]));
        opened[0] = tap;
        all.add(tap);
        return tap;
    }

    /** Hands on what a stream sends to its sinks. */
    void publish(String stream, EncodedRecords records) {
        List<TapSource> all = taps.get(stream);
        if (all != null) {
            all.forEach(tap -> tap.offer(records));
        }
    }
}
