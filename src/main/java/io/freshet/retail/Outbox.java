package io.freshet.retail;

import java.util.ArrayDeque;

import org.jspecify.annotations.Nullable;

import io.freshet.event.Ascii;

/** Where a store puts its events: numbers them and keeps them until they are taken. Closed, it forgets them. */
final class Outbox {

    /** So many events a store has for itself in every second of a trace id, or more. */
    private static final int LEAST_PER_SECOND = 16;
    private static final int FIVE_DIGITS = 100_000;

    private final ArrayDeque<RetailEvent> events = new ArrayDeque<>();
    private final int perSecond;
    private final int firstSequence;
    private boolean open;
    private long number;
    private long second;
    private int inSecond;

    /**
     * @param stores how many stores share the trace ids of a second
     */
    Outbox(int store, int stores) {
        perSecond = Math.max(LEAST_PER_SECOND, FIVE_DIGITS / stores);
        firstSequence = store * perSecond;
    }

    /** Forgets what has not been taken. */
    void clear() {
        events.clear();
    }

    /** Begins a day whose events are kept, or forgotten. */
    void begin(long epochDay, boolean kept) {
        open = kept;
        number = epochDay * RetailEvent.FIRST_OF_DAY;
        second = Long.MIN_VALUE;
    }

    /** Whether events are kept: when they are not, they need not be made. */
    boolean isOpen() {
        return open;
    }

    /** Keeps an event; times never go back. */
    void add(long time, Ascii correlation, Payload payload) {
        long current = Math.floorDiv(time, 1000L);
        if (current > second) {
            second = current;
            inSecond = 0;
        } else if (inSecond == perSecond) {
            // more happens here in a second than there are ids for: those of the next one are taken
            second++;
            inSecond = 0;
        }
        events.add(new RetailEvent(time, number++, new RetailEvent.Trace(second, firstSequence + inSecond++), correlation,
                payload));
    }

    @Nullable
    RetailEvent peek() {
        return events.peek();
    }

    RetailEvent take() {
        return events.remove();
    }
}
