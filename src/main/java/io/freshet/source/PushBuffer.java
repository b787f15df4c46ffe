package io.freshet.source;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.freshet.event.JsonEventBuffer;
import io.freshet.memory.MemoryBudget;

/**
 * The records that clients have pushed into a stream and that not all of its sinks have acknowledged; bounded by number and by
 * bytes. Records are numbered in the order of their arrival. The difference between these sequence numbers and the positions of
 * the stream is set when records are taken. Thread-safe.
 */
public final class PushBuffer {

    /** The maximum number of bytes that it holds, whatever the memory budget allows. */
    public static final long MAX_BYTES = 64L << 20;

    private static final String ENDED = "the stream ended before all sinks acknowledged the record";

    private final int capacity;
    private final MemoryBudget.Account memory;
    private final Deque<byte[]> waiting = new ArrayDeque<>();
    private final Deque<byte[]> inFlight = new ArrayDeque<>();
    /** The pushes that not all sinks have acknowledged, in the order of their sequence numbers. */
    private final Deque<PushedBatch> batches = new ArrayDeque<>();
    private @Nullable Object owner;
    private boolean carried;
    private boolean closed;
    private long accepted;
    private long refused;
    /** The sequence number of the first record that waits. */
    private long taken;
    /** The position of a record minus its sequence number. */
    private long offset;

    PushBuffer(int capacity, MemoryBudget budget) {
        this.capacity = capacity;
        this.memory = budget.open();
    }

    /**
     * Adds records.
     *
     * @param records JSON objects, at least one
     * @param nanos the time of a monotonic clock
     */
    public synchronized PushOffer offer(List<byte[]> records, long nanos) {
        long bytes = records.stream().mapToLong(record -> record.length).sum();
        if (closed) {
            return new PushOffer.Closed();
        }
        if (records.size() > capacity) {
            return new PushOffer.TooLarge(capacity + " records");
        }
        if (bytes > MAX_BYTES) {
            return new PushOffer.TooLarge(MAX_BYTES + " bytes");
        }
        if (records.size() > capacity - size() || bytes > MAX_BYTES - memory.held() || !memory.hasRoomFor(bytes)) {
            refused++;
            return new PushOffer.Full();
        }
        PushedBatch batch = new PushedBatch(accepted, records.size(), nanos);
        batches.addLast(batch);
        waiting.addAll(records);
        memory.add(bytes);
        accepted += records.size();
        return new PushOffer.Accepted(batch.result());
    }

    /** Returns whether the buffer is full, so that a push can be rejected without reading it. */
    public synchronized boolean isFull() {
        return size() >= capacity || memory.held() >= MAX_BYTES || !memory.hasRoom();
    }

    private int size() {
        return waiting.size() + inFlight.size();
    }

    /** Returns how many of the first {@code wanted} records stay within a number of bytes: at least one, unless none waits. */
    synchronized int within(int wanted, long maxBytes) {
        int fitting = 0;
        long bytes = 0;
        for (byte[] record : waiting) {
            bytes += record.length;
            if (fitting == wanted || fitting > 0 && bytes > maxBytes) {
                break;
            }
            fitting++;
        }
        return fitting;
    }

    /**
     * Moves the first waiting records into the stream.
     *
     * @param position the position of the first of them
     */
    synchronized void take(long position, int records, JsonEventBuffer into) {
        offset = position - taken;
        for (int i = 0; i < records; i++) {
            byte[] record = waiting.removeFirst();
            inFlight.addLast(record);
            into.append(record, 0, record.length);
        }
        taken += records;
    }

    /**
     * Records that a stage or a sink rejected a record.
     *
     * @param component the name of the stage or sink
     */
    public synchronized void reject(long position, String component, String reason) {
        long sequence = position - offset;
        batches.stream().filter(batch -> batch.contains(sequence)).findFirst()
                .ifPresent(batch -> batch.fail(sequence, component, reason));
    }

    /** Drops the records before a position, which all sinks have completed, and completes the pushes that end there. */
    void settle(long position, long nanos) {
        List<PushedBatch> complete = new ArrayList<>();
        synchronized (this) {
            while (!inFlight.isEmpty() && firstInFlight() + offset < position) {
                memory.remove(inFlight.removeFirst().length);
            }
            while (!batches.isEmpty() && batches.getFirst().end() <= firstInFlight()) {
                complete.add(batches.removeFirst());
            }
        }
        complete.forEach(batch -> batch.complete(nanos));
    }

    private long firstInFlight() {
        return taken - inFlight.size();
    }

    /** Keeps the records when the source closes, so that another source of the same stream can continue with them. */
    public synchronized void carry() {
        carried = true;
    }

    /**
     * Assigns the buffer to a source; closing the previous source no longer closes the buffer.
     *
     * @param position where the stream continues: records in flight from there on are read again
     */
    synchronized void assign(Object source, long position) {
        owner = source;
        carried = false;
        while (!inFlight.isEmpty() && taken + offset > position) {
            waiting.addFirst(inFlight.removeLast());
            taken--;
        }
    }

    /** Closes the buffer, unless the source no longer owns it, or another one is to continue with its records. */
    void close(Object source, long nanos) {
        synchronized (this) {
            if (carried || owner != source) {
                return;
            }
        }
        abandon(nanos);
    }

    /** Rejects records from now on. Those that not all sinks have acknowledged count as failures of their pushes. */
    public void abandon(long nanos) {
        List<PushedBatch> rest;
        synchronized (this) {
            closed = true;
            long first = firstInFlight();
            batches.forEach(batch -> batch.failFrom(first, "stream", ENDED));
            rest = List.copyOf(batches);
            batches.clear();
            waiting.clear();
            inFlight.clear();
            memory.close();
        }
        rest.forEach(batch -> batch.complete(nanos));
    }

    synchronized PushStatus status() {
        double byBytes = (double) memory.held() / MAX_BYTES;
        return new PushStatus(accepted, refused, size(), memory.held(), capacity,
                Math.min(1, Math.max(byBytes, (double) size() / capacity)));
    }
}
