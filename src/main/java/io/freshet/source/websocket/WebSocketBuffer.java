package io.freshet.source.websocket;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

import io.freshet.event.JsonEventBuffer;
import io.freshet.memory.MemoryBudget;

/**
 * Holds the records between a socket and a stream. The number of records and of bytes is limited; only the records of a single
 * message may exceed the limits. Thread-safe.
 */
final class WebSocketBuffer {

    /** The byte limit, independent of the number of records. */
    static final long MAX_BYTES = 64L << 20;

    private final int max;
    private final MemoryBudget.Account memory;
    private final Deque<WebSocketMessages.Item> items = new ArrayDeque<>();
    private long bytes;
    private long waitingSince;

    WebSocketBuffer(int max, MemoryBudget budget) {
        this.memory = budget.open();
        this.max = max;
    }

    synchronized void add(List<WebSocketMessages.Item> more, long nanos) {
        if (items.isEmpty()) {
            waitingSince = nanos;
        }
        for (WebSocketMessages.Item item : more) {
            items.addLast(item);
            bytes += item.json().length;
            memory.add(item.json().length);
        }
    }

    synchronized boolean isFull() {
        return items.size() >= max || bytes >= MAX_BYTES || !memory.hasRoom();
    }

    /** Returns whether enough records have been taken to continue reading. */
    synchronized boolean hasRoom() {
        return items.size() <= max / 2 && bytes <= MAX_BYTES / 2 && memory.hasRoom();
    }

    /**
     * Returns how many of the first {@code wanted} records stay within a number of bytes: at least one, unless the buffer is
     * empty.
     */
    synchronized int within(int wanted, long maxBytes) {
        int fitting = 0;
        long sum = 0;
        for (WebSocketMessages.Item item : items) {
            sum += item.json().length;
            if (fitting == wanted || fitting > 0 && sum > maxBytes) {
                break;
            }
            fitting++;
        }
        return fitting;
    }

    void close() {
        memory.close();
    }

    synchronized int size() {
        return items.size();
    }

    /** Returns how long the oldest record has waited; 0 if there is none. */
    synchronized long waitedNanos(long nanos) {
        return items.isEmpty() ? 0 : nanos - waitingSince;
    }

    /**
     * Takes the oldest records.
     *
     * @return the mark of the last record that has one, otherwise an empty string
     */
    synchronized String take(int records, JsonEventBuffer into, long nanos) {
        String mark = "";
        for (int i = 0; i < records; i++) {
            WebSocketMessages.Item item = items.removeFirst();
            bytes -= item.json().length;
            memory.remove(item.json().length);
            into.append(item.json(), 0, item.json().length);
            mark = item.mark().isEmpty() ? mark : item.mark();
        }
        waitingSince = nanos;
        return mark;
    }
}
