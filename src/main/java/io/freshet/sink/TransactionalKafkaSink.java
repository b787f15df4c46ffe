package io.freshet.sink;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * Records and the position behind them in one transaction: a reader of committed messages sees each record once, whenever the
 * process is killed. What a stream that starts again brings once more is passed over up to the position of the last commit. One
 * batch at a time; the methods block.
 */
public final class TransactionalKafkaSink extends MessageSink {

    private static final String SUPERSEDED = "another process delivers this stream by now";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final ProducerLease producer;
    private final CommittedPositions positions;
    private final String id;
    private boolean begun;
    private long committed;
    private long attempted;
    /** When it was seen last that another process delivers, in steady nanoseconds; 0 if none does. */
    private long fencedAt;

    /**
     * @param id under which the position is kept
     * @param producer a transactional one, of its own
     */
    TransactionalKafkaSink(String id, ProducerLease producer, CommittedPositions positions, KafkaTarget target,
            @Nullable MessageFraming framing) {
        super(target, framing);
        this.id = id;
        this.producer = producer;
        this.positions = positions;
    }

    @Override
    public synchronized CompletionStage<Delivery> deliver(Consignment consignment) {
        Delivery outcome;
        try {
            outcome = commit(consignment);
        } catch (SchemaRegistry.RefusedException e) {
            outcome = new Delivery.PermanentFailure(String.valueOf(e.getMessage()));
        } catch (IOException | KafkaException e) {
            outcome = new Delivery.TransientFailure("topic " + target() + ": " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            outcome = new Delivery.TransientFailure("interrupted");
        }
        return CompletableFuture.completedStage(outcome);
    }

    private Delivery commit(Consignment consignment) throws IOException, InterruptedException {
        OutgoingBatch batch = consignment.batch();
        MessageFraming frame = framing;
        if (frame != null) {
            frame.prepare(batch);
        }
        Producer<byte[], byte[]> to = begin();
        for (int record : consignment.open()) {
            if (batch.position(record) < committed) {
                consignment.deliver(record);
            }
        }
        int[] open = consignment.open();
        if (open.length == 0) {
            return Delivery.delivered();
        }
        long end = batch.end();
        attempted = end;
        try {
            to.beginTransaction();
            if (!send(to, consignment, open)) {
                to.abortTransaction();
                // the others are sent again, without those that were refused
                return commit(consignment);
            }
            to.send(positions.message(id, end));
            to.commitTransaction();
        } catch (KafkaException e) {
            // whether this transaction was committed, the next producer learns from the position
            begun = false;
            producer.renew();
            throw e;
        }
        committed = end;
        consignment.deliverAll();
        return Delivery.delivered();
    }

    /** Fences off whoever had the id before, and reads how far it got. */
    private Producer<byte[], byte[]> begin() {
        if (fencedAt != 0) {
            stepInIfLeft();
        }
        Producer<byte[], byte[]> to = producer.get();
        if (!begun) {
            try {
                to.initTransactions();
                committed = positions.find(id);
                begun = true;
            } catch (KafkaException e) {
                producer.renew();
                throw e;
            }
            if (attempted > 0 && committed > attempted) {
                // somebody got further than we ever tried: it is theirs, and they take it up again
                fencedAt = System.nanoTime();
                begun = false;
                producer.renew();
                throw new KafkaException(SUPERSEDED);
            }
        }
        return to;
    }

    /** Takes the stream over again when the other process has not got any further for a while. */
    private void stepInIfLeft() {
        if (System.nanoTime() - fencedAt < PATIENCE.toNanos()) {
            throw new KafkaException(SUPERSEDED);
        }
        long before = committed;
        committed = positions.find(id);
        if (committed > before) {
            fencedAt = System.nanoTime();
            throw new KafkaException(SUPERSEDED);
        }
        fencedAt = 0;
        attempted = 0;
    }

    /** Whether all were taken; those that never will be are refused. */
    private boolean send(Producer<byte[], byte[]> to, Consignment consignment, int[] open) throws InterruptedException {
        List<Future<?>> answers = new ArrayList<>();
        for (int record : open) {
            answers.add(to.send(messages.value(consignment.batch(), record)));
            ProducerRecord<byte[], byte[]> tombstone = messages.tombstone(consignment.batch(), record);
            if (tombstone != null) {
                to.send(tombstone);
            }
        }
        to.flush();
        boolean all = true;
        for (int i = 0; i < open.length; i++) {
            try {
                answers.get(i).get();
            } catch (ExecutionException e) {
                Throwable cause = e.getCause() == null ? e : e.getCause();
                if (!KafkaSink.isForGood(cause)) {
                    throw new KafkaException(cause);
                }
                consignment.refuse(open[i], "topic " + target() + ": " + cause.getMessage());
                all = false;
            }
        }
        return all;
    }

    /** A position says that all records before it are there, so none may be left behind. */
    @Override
    public boolean isOneAtATime() {
        return true;
    }

    @Override
    public void forget() {
        positions.forget(id);
    }

    @Override
    public synchronized void close() {
        producer.close();
    }

    /** The key of a position. */
    static byte[] key(String id) {
        return id.getBytes(StandardCharsets.UTF_8);
    }
}
