package io.freshet.source.websocket;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.freshet.codec.RecordBatch;
import io.freshet.event.JsonEventBuffer;
import io.freshet.memory.MemoryBudget;
import io.freshet.security.Destination;
import io.freshet.source.Source;
import io.freshet.source.SourceProblem;
import io.freshet.source.SourceStatus;
import io.freshet.table.Schema;

/**
 * Reads the messages of a WebSocket server as they arrive; positions count them. Messages that were sent while no connection
 * was open are lost, unless the server can resend them. In that case it is asked for the messages after the last one that was
 * received or, after a restart of the process, after the last one that all sinks acknowledged.
 */
public final class WebSocketSource implements Source {

    /** The mark of the last record before a position. */
    private record Mark(long position, String text) {
    }

    /** Accepts what cannot be parsed. Called by threads that must not block. */
    @FunctionalInterface
    public interface Refusals {

        /**
         * @param number the number of the message since the source started, from 1
         * @param bytes the message, or the element of its array
         */
        void keep(long number, byte[] bytes, String reason);
    }

    private final WebSocketSettings settings;
    private final WebSocketBuffer buffer;
    private final long sliceBytes;
    private final WebSocketConnection connection;
    private final Deque<Mark> marks = new ArrayDeque<>();
    private boolean started;

    /**
     * @param check returns the address to connect to, and throws if connecting is not allowed; called for each connection
     * @param refusals accepts what cannot be parsed
     * @param bookmark the bookmark of an earlier source of this feed
     * @param memory the budget of the records that wait for the stream
     */
    public WebSocketSource(WebSocketSettings settings, HttpClient client, Function<URI, Destination> check, Refusals refusals,
            Optional<String> bookmark, MemoryBudget memory) {
        this.settings = settings;
        this.sliceBytes = memory.slice();
        this.buffer = new WebSocketBuffer(settings.mostBuffered(), memory);
        this.connection = new WebSocketConnection(settings, client, check, buffer, refusals, bookmark.orElse(""));
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
        int fitting = buffer.within(wanted, sliceBytes);
        boolean go = there >= Math.min(wanted, settings.batching().records()) || fitting < Math.min(wanted, there)
                || connection.hasEnded()
                || buffer.waitedNanos(System.nanoTime()) >= settings.batching().longestWait().toNanos();
        return go ? fitting : 0;
    }

    @Override
    public boolean isExhausted() {
        return connection.hasEnded() && buffer.size() == 0;
    }

    @Override
    public @Nullable String failure() {
        return connection.failure();
    }

    @Override
    public RecordBatch next(long position, int records, @Nullable RecordBatch reuse) {
        RecordBatch.Written batch = reuse instanceof RecordBatch.Written used ? used
                : new RecordBatch.Written(JsonEventBuffer.create());
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
        // earlier marks are no longer needed
        bookmark(position);
    }

    @Override
    public SourceStatus status() {
        SourceProblem trouble = connection.trouble();
        SourceProblem problem = trouble == null ? null
                : new SourceProblem("the feed of " + settings.url().getHost() + " is disconnected: " + trouble.reason(),
                        trouble.since());
        return new SourceStatus(null, problem == null ? null : problem.reason(), problem, null, connection.status());
    }

    @Override
    public void close() {
        connection.close();
        buffer.close();
    }
}
