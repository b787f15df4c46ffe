package io.freshet.sink;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Dead letters that match, the oldest first: at most so many, and no more when their values have so many bytes together. */
final class FoundLetters {

    private static final long MOST_BYTES = 32L << 20;

    private final Predicate<DeadLetter> wanted;
    private final int most;
    private final Map<String, DeadLetter> letters = new LinkedHashMap<>();
    private long bytes;

    FoundLetters(Predicate<DeadLetter> wanted, int most) {
        this.wanted = wanted;
        this.most = most;
    }

    void add(DeadLetter letter) {
        if (!isFull() && wanted.test(letter) && letters.put(letter.id(), letter) == null) {
            bytes += letter.size();
        }
    }

    boolean isFull() {
        return letters.size() >= most || bytes >= MOST_BYTES;
    }

    List<DeadLetter> letters() {
        return List.copyOf(letters.values());
    }
}
