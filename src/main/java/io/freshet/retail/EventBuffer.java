package io.freshet.retail;

import java.util.ArrayDeque;

import org.jspecify.annotations.Nullable;

import io.freshet.event.Ascii;

/** Collects the events of a store, numbers them and holds them until they are taken. A closed outbox discards its events. */
final class EventBuffer {

    /** The minimum number of trace ids that each store has for itself per second. */
    private static final int MIN_PER_SECOND = 16;
    private static final int FIVE_DIGITS = 100_000;

    private final ArrayDeque<RetailEvent> events = new ArrayDeque<>();
    private final int perSecond;
    private final int firstSequence;
    private boolean open;
    private long number;
    private long second;
    private int inSecond;

    /** @param stores how many stores share the trace ids of a second */
    EventBuffer(int store, int stores) {
        perSecond = Math.max(MIN_PER_SECOND, FIVE_DIGITS / stores);
        firstSequence = store * perSecond;
    }

    /** Discards the events that have not been taken. */
    void clear() {
        events.clear();
    }

    /**
     * Starts a day.
     *
     * @param kept whether the events of the day are held rather than discarded
     */
    void begin(long epochDay, boolean kept) {
        open = kept;
        number = epochDay * RetailEvent.FIRST_OF_DAY;
        second = Long.MIN_VALUE;
    }

    /** Returns whether events are held; if not, callers need not create them. */
    boolean isOpen() {
        return open;
    }

    /** Adds an event. Times must not decrease. */
    void add(long time, Ascii correlation, Payload payload) {
        long current = Math.floorDiv(time, 1000L);
        if (current > second) {
            second = current;
            inSecond = 0;
        } else if (inSecond == perSecond) {
            // the second has no trace ids left for this store, so those of the next second are used
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
