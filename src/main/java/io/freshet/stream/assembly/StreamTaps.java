package io.freshet.stream.assembly;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

import jakarta.enterprise.context.ApplicationScoped;

import io.freshet.codec.EncodedRecords;
import io.freshet.memory.MemoryBudget;
import io.freshet.source.tap.TapSource;

/** Connects streams whose source is another stream to that stream. */
@ApplicationScoped
public class StreamTaps {

    private static final int MAX_WAITING = 10_000;

    private final Map<String, List<TapSource>> taps = new ConcurrentHashMap<>();
    private final MemoryBudget memory;
    private volatile Predicate<String> known = name -> false;
    private volatile Predicate<String> ended = name -> true;

    public StreamTaps(MemoryBudget memory) {
        this.memory = memory;
    }

    /** Sets how to find out about streams. */
    public void watch(Predicate<String> isThere, Predicate<String> hasEnded) {
        known = isThere;
        ended = hasEnded;
    }

    boolean isKnown(String stream) {
        return known.test(stream);
    }

    /** Subscribes to what a stream sends from now on. */
    TapSource open(String stream) {
        List<TapSource> all = taps.computeIfAbsent(stream, name -> new CopyOnWriteArrayList<>());
        return new TapSource(MAX_WAITING, () -> ended.test(stream), all, memory);
    }

    /** Passes on what a stream sends to its sinks. */
    public void publish(String stream, EncodedRecords records) {
        List<TapSource> all = taps.get(stream);
        if (all != null) {
            all.forEach(tap -> tap.offer(records));
        }
    }
}
