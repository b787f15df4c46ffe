package io.freshet.sink;

import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A batch on its way to one sink, and what has become of each of its records: open, delivered, refused for good, or dropped.
 * Every record leaves the open ones once. Thread-safe.
 */
public final class Consignment {

    /** A record that the sink will never take. */
    private record Refusal(int record, String reason) {
    }

    /** Keeps what was refused. */
    @FunctionalInterface
    public interface Keeper {

        /** The stage completes when what {@link #letters} says is safe, and fails if it is not. */
        CompletionStage<Void> keep(Consignment consignment);
    }

    private static final Keeper NOBODY = consignment -> CompletableFuture.completedStage(null);

    private final OutgoingBatch batch;
    private final boolean letter;
    private final Keeper keeper;
    private final BitSet open = new BitSet();
    private final List<Refusal> refused = new ArrayList<>();
    private final AtomicInteger attempts = new AtomicInteger();
    private final AtomicInteger readers = new AtomicInteger();
    private int delivered;
    private int kept;

    /** One of which nobody keeps what was refused. */
    public Consignment(OutgoingBatch batch) {
        this(batch, false, NOBODY);
    }

    public Consignment(OutgoingBatch batch, Keeper keeper) {
        this(batch, false, keeper);
    }

    private Consignment(OutgoingBatch batch, boolean letter, Keeper keeper) {
        this.batch = batch;
        this.letter = letter;
        this.keeper = keeper;
        open.set(0, batch.size());
    }

    /** A dead letter on its way again: it says nothing of how far its stream is. */
    public static Consignment of(DeadLetter letter) {
        return new Consignment(letter.asBatch(), true, NOBODY);
    }

    boolean isLetter() {
        return letter;
    }

    public OutgoingBatch batch() {
        return batch;
    }

    /** How many records are open. */
    public synchronized int size() {
        return open.cardinality();
    }

    /** The open records, ascending. */
    public synchronized int[] open() {
        return open.stream().toArray();
    }

    /** How many records the sink has. */
    public synchronized int delivered() {
        return delivered;
    }

    /** How many records the sink will never take. */
    public synchronized int refused() {
        return refused.size();
    }

    /** Why the sink refused the last record that it refused; empty if it refused none. */
    public synchronized String lastReason() {
        return refused.isEmpty() ? "" : refused.get(refused.size() - 1).reason();
    }

    /** How often delivery was tried. */
    public int attempts() {
        return attempts.get();
    }

    /** Says that the sink has a record. */
    public synchronized void deliver(int record) {
        if (open.get(record)) {
            open.clear(record);
            delivered++;
        }
    }

    /** Says that the sink has all open records. */
    public synchronized void deliverAll() {
        delivered += open.cardinality();
        open.clear();
    }

    /** Says that the sink will never take a record. */
    public synchronized void refuse(int record, String reason) {
        if (open.get(record)) {
            open.clear(record);
            refused.add(new Refusal(record, reason));
        }
    }

    /** Says that the sink will never take any of the open records. */
    public synchronized void refuseAll(String reason) {
        open.stream().forEach(record -> refused.add(new Refusal(record, reason)));
        open.clear();
    }

    /** Gives up on the first open records; how many that were. */
    public synchronized int dropFirst(int most) {
        int dropped = 0;
        for (int record = open.nextSetBit(0); record >= 0 && dropped < most; record = open.nextSetBit(record + 1)) {
            open.clear(record);
            dropped++;
        }
        return dropped;
    }

    /** Gives up on a record. */
    public synchronized void drop(int record) {
        open.clear(record);
    }

    /** Has kept what was refused and is not kept yet; the stage completes when it is safe, and fails if it is not. */
    public CompletionStage<Void> keepRefused() {
        int all = refused();
        return keeper.keep(this).thenRun(() -> keptUpTo(all));
    }

    private synchronized void keptUpTo(int refusals) {
        kept = Math.max(kept, refusals);
    }

    /**
     * The records that were refused and are not kept yet, as they are to be kept.
     *
     * @param name of the sink in its stream
     */
    public synchronized List<DeadLetter> letters(String name, Sink sink, Instant time) {
        return refused.subList(kept, refused.size()).stream().map(refusal -> new DeadLetter(
                new DeadLetter.Address(batch.stream(), batch.position(refusal.record()), name, sink.target()),
                new DeadLetter.Cause(refusal.reason(), attempts.get(), time), sink.messageKey(batch, refusal.record()),
                sink.message(batch, refusal.record()))).toList();
    }

    /** One attempt of a sink, during which the bytes of the batch are in use. */
    CompletionStage<Delivery> attempt(Sink sink) {
        begin();
        try {
            return sink.deliver(this);
        } finally {
            readers.decrementAndGet();
        }
    }

    /** One attempt of a sink to deliver several batches as one. */
    static CompletionStage<Delivery> attempt(List<Consignment> together, Sink sink) {
        together.forEach(Consignment::begin);
        try {
            return sink.deliver(together);
        } finally {
            together.forEach(each -> each.readers.decrementAndGet());
        }
    }

    private void begin() {
        attempts.incrementAndGet();
        readers.incrementAndGet();
    }

    /** Whether a sink, perhaps one that nobody waits for any more, may still read the bytes. */
    public boolean isBeingRead() {
        return readers.get() > 0;
    }
}
