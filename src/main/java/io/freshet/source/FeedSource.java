package io.freshet.source;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.freshet.codec.RecordBatch;
import io.freshet.event.WrittenEvents;
import io.freshet.security.Destination;
import io.freshet.table.Schema;

/**
 * The messages of a WebSocket server, as they come. Positions count them. What was sent while nobody was connected is lost,
 * unless the server can be asked for it: then it is asked for what comes after the last record that was seen or, by a
 * process that begins again, after the last one that all sinks had.
 */
public final class FeedSource implements Source {

    /** What the last record before a position said of itself. */
    private record Mark(long position, String text) {
    }

    private final FeedSettings settings;
    private final FeedBuffer buffer;
    private final FeedConnection connection;
    private final Deque<Mark> marks = new ArrayDeque<>();
    private boolean started;

    /**
     * @param check says where to connect to, and throws if that may not be; asked each time
     * @param bookmark of an earlier source of this feed
     */
    public FeedSource(FeedSettings settings, HttpClient client, Function<URI, Destination> check, Optional<String> bookmark) {
        this.settings = settings;
        this.buffer = new FeedBuffer(settings.mostBuffered());
        this.connection = new FeedConnection(settings, client, check, buffer, bookmark.orElse(""));
        bookmark.ifPresent(mark -> marks.add(new Mark(0, mark)));
    }

    @Override
    public Optional<Schema> schema() {
        return Optional.empty();
    }

    @Override
    public int available(long position, int wanted, Instant now) {
        if (!started) {
            started = true;
            connection.start();
        }
        int there = buffer.size();
        boolean go = there >= Math.min(wanted, settings.batching().records()) || connection.hasEnded()
                || buffer.waitedNanos(System.nanoTime()) >= settings.batching().longestWait().toNanos();
        return go ? Math.min(wanted, there) : 0;
    }

    @Override
    public boolean isExhausted() {
        return connection.hasEnded() && buffer.size() == 0;
    }

    @Override
    public RecordBatch next(long position, int records, @Nullable RecordBatch reuse) {
        RecordBatch.Written batch = reuse instanceof RecordBatch.Written used ? used
                : new RecordBatch.Written(WrittenEvents.create());
        batch.events().clear();
        String mark = buffer.take(records, batch.events(), System.nanoTime());
        if (!mark.isEmpty()) {
            synchronized (marks) {
                marks.addLast(new Mark(position + records, mark));
            }
        }
        connection.goOn();
        return batch;
    }

    @Override
    public Optional<String> bookmark(long position) {
        synchronized (marks) {
            while (marks.size() > 1 && second().position() <= position) {
                marks.removeFirst();
            }
            return Optional.ofNullable(marks.peekFirst()).filter(mark -> mark.position() <= position).map(Mark::text);
        }
    }

    private Mark second() {
        return marks.stream().skip(1).findFirst().orElseThrow();
    }

    @Override
    public void acknowledged(long position) {
        // those that are behind are not asked for any more
        bookmark(position);
    }

    @Override
    public SourceStatus status() {
        String trouble = connection.trouble();
        return new SourceStatus(null, trouble == null ? null : "the feed is lost: " + trouble, null,
                connection.status());
    }

    @Override
    public void close() {
        connection.close();
    }
}
