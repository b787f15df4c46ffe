package io.freshet.deadletter.channel;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import io.freshet.sink.DeadLetter;

/** Collects matching dead letters, oldest first, up to a maximum number and a maximum total size. */
public final class DeadLetterPage {

    private static final long MAX_BYTES = 32L << 20;

    private final Predicate<DeadLetter> wanted;
    private final int max;
    private final Map<String, DeadLetter> letters = new LinkedHashMap<>();
    private long bytes;

    public DeadLetterPage(Predicate<DeadLetter> wanted, int max) {
        this.wanted = wanted;
        this.max = max;
    }

    /** Adds a letter if it is wanted and there is room. */
    public void add(DeadLetter letter) {
        if (!isFull() && wanted.test(letter) && letters.put(letter.id(), letter) == null) {
            bytes += letter.size();
        }
    }

    /** Returns whether no more letters are added. */
    public boolean isFull() {
        return letters.size() >= max || bytes >= MAX_BYTES;
    }

    public List<DeadLetter> letters() {
        return List.copyOf(letters.values());
    }
}
