package io.freshet.source;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

import io.freshet.event.WrittenEvents;

/**
 * Records between a socket and a stream: bounded, by number and by bytes, but for what one message brings too many. Thread-safe.
 */
final class FeedBuffer {

    /** However small the records are, or large. */
    static final long MOST_BYTES = 64L << 20;

    private final int most;
    private final Deque<FeedMessages.Item> items = new ArrayDeque<>();
    private long bytes;
    private long waitingSince;

    FeedBuffer(int most) {
        this.most = most;
    }

    synchronized void add(List<FeedMessages.Item> more, long nanos) {
        if (items.isEmpty()) {
            waitingSince = nanos;
        }
        for (FeedMessages.Item item : more) {
            items.addLast(item);
            bytes += item.json().length;
        }
    }

    synchronized boolean isFull() {
        return items.size() >= most || bytes >= MOST_BYTES;
    }

    /** Whether so much has been taken out that it is worth reading on. */
    synchronized boolean hasRoom() {
        return items.size() <= most / 2 && bytes <= MOST_BYTES / 2;
    }

    synchronized int size() {
        return items.size();
    }

    /** How long the oldest record has waited; 0 if there is none. */
    synchronized long waitedNanos(long nanos) {
        return items.isEmpty() ? 0 : nanos - waitingSince;
    }

    /** Takes out the oldest records; the mark of the last one that has any, else an empty one. */
    synchronized String take(int records, WrittenEvents into, long nanos) {
        String mark = "";
        for (int i = 0; i < records; i++) {
            FeedMessages.Item item = items.removeFirst();
            bytes -= item.json().length;
            into.append(item.json(), 0, item.json().length);
            mark = item.mark().isEmpty() ? mark : item.mark();
        }
        waitingSince = nanos;
        return mark;
    }
}
