package io.freshet.source.retail;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Positions at which a simulation can resume without counting its events from the start. Written by one thread; any thread may
 * read.
 */
public final class RetailBookmarks {

    /** The position of the first event at or after a time in milliseconds since 1970. */
    public record Bookmark(long position, long time) {

        @Override
        public String toString() {
            return position + "@" + time;
        }

        static Bookmark parse(String text) {
            String[] parts = text.split("@", 2);
            return new Bookmark(Long.parseLong(parts[0]), Long.parseLong(parts[1]));
        }
    }

    private static final long EVERY_MILLIS = 60_000;
    private static final int MOST = 10_000;

    private final Deque<Bookmark> bookmarks = new ArrayDeque<>();

    /** Notes that the event at a position is the first at its time. */
    synchronized void mark(long position, long time) {
        if (bookmarks.isEmpty() || time - bookmarks.getLast().time() >= EVERY_MILLIS) {
            bookmarks.add(new Bookmark(position, time));
            if (bookmarks.size() > MOST) {
                bookmarks.removeFirst();
            }
        }
    }

    /** Returns the last bookmark at or before a position, and forgets the earlier ones. */
    synchronized Optional<Bookmark> last(long position) {
        Bookmark last = null;
        while (!bookmarks.isEmpty() && bookmarks.getFirst().position() <= position) {
            last = bookmarks.removeFirst();
        }
        if (last != null) {
            bookmarks.addFirst(last);
        }
        return Optional.ofNullable(last);
    }
}
