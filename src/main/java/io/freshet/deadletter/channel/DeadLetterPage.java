package io.freshet.deadletter.channel;

import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import io.freshet.sink.DeadLetter;

/** Collects matching dead letters, the oldest or the newest, up to a maximum number and a maximum total size. */
public final class DeadLetterPage {

    private static final long MAX_BYTES = 32L << 20;

    private final Predicate<DeadLetter> wanted;
    private final int max;
    private final boolean isNewest;
    private final Map<String, DeadLetter> letters = new LinkedHashMap<>();
    private long bytes;

    /** Collects the oldest letters, oldest first. */
    public DeadLetterPage(Predicate<DeadLetter> wanted, int max) {
        this(wanted, max, false);
    }

    private DeadLetterPage(Predicate<DeadLetter> wanted, int max, boolean isNewest) {
        this.wanted = wanted;
        this.max = max;
        this.isNewest = isNewest;
    }

    /** Collects the newest letters, newest first. They are added oldest first. */
    public static DeadLetterPage newest(Predicate<DeadLetter> wanted, int max) {
        return new DeadLetterPage(wanted, max, true);
    }

    /** Adds a letter if it is wanted and there is room. */
    public void add(DeadLetter letter) {
        if (!isFull() && wanted.test(letter) && letters.put(letter.id(), letter) == null) {
            bytes += letter.size();
            while (isNewest && letters.size() > 1 && (letters.size() > max || bytes >= MAX_BYTES)) {
                Iterator<DeadLetter> oldest = letters.values().iterator();
                bytes -= oldest.next().size();
                oldest.remove();
            }
        }
    }

    /** Returns whether no more letters are added. */
    public boolean isFull() {
        return !isNewest && (letters.size() >= max || bytes >= MAX_BYTES);
    }

    public List<DeadLetter> letters() {
        return isNewest
                ? letters.values().stream()
                        .sorted(Comparator.comparing((DeadLetter letter) -> letter.cause().time()).reversed()).toList()
                : List.copyOf(letters.values());
    }
}
