package io.freshet.sink;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * Records and the position behind them in one transaction: a reader of committed messages sees each record once, whenever the
 * process is killed. What a stream that starts again brings once more is passed over up to the position of the last commit.
 * What has
 * come while one transaction was committed goes together into the next; the methods block.
 */
public final class TransactionalKafkaSink extends MessageSink {

    private static final String SUPERSEDED = "another process delivers this stream by now";
    /** How many records of several batches share a transaction, which costs some round trips however many these are. */
    private static final int MOST_TOGETHER = 10_000;
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
    public CompletionStage<Delivery> deliver(Consignment consignment) {
        return deliver(List.of(consignment));
    }

    @Override
    public synchronized CompletionStage<Delivery> deliver(List<Consignment> together) {
        Delivery outcome;
        try {
            outcome = commit(together);
        } catch (IOException | KafkaException e) {
            outcome = new Delivery.TransientFailure("topic " + target() + ": " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            outcome = new Delivery.TransientFailure("interrupted");
        }
        return CompletableFuture.completedStage(outcome);
    }

    private Delivery commit(List<Consignment> together) throws IOException, InterruptedException {
        for (Consignment each : together) {
            prepare(each);
        }
        Producer<byte[], byte[]> to = begin();
        long end = committed;
        for (Consignment each : together) {
            passOver(each);
            end = Math.max(end, each.batch().end());
        }
        attempted = Math.max(attempted, end);
        try {
            boolean done = false;
            while (!done && together.stream().anyMatch(each -> each.size() > 0)) {
                // the others are sent again, without those that were refused
                done = commit(to, together, end);
            }
        } catch (IOException | KafkaException e) {
            // whether this transaction was committed, the next producer learns from the position
            begun = false;
            producer.renew();
            throw e;
        }
        return Delivery.delivered();
    }

    /** A batch whose schema may not be is refused, and those beside it are not. */
    private void prepare(Consignment consignment) throws IOException {
        MessageFraming frame = framing;
        if (frame != null) {
            try {
                frame.prepare(consignment.batch());
            } catch (SchemaRegistry.RefusedException e) {
                consignment.refuseAll(String.valueOf(e.getMessage()));
            }
        }
    }

    private void passOver(Consignment consignment) {
        if (consignment.batch().position() >= committed) {
            return;
        }
        for (int record : consignment.open()) {
            if (consignment.batch().position(record) < committed) {
                consignment.deliver(record);
            }
        }
    }

    /** One transaction; whether it was committed: not if records were refused. */
    private boolean commit(Producer<byte[], byte[]> to, List<Consignment> together, long end)
            throws IOException, InterruptedException {
        TransactionAnswers answers = new TransactionAnswers();
        to.beginTransaction();
        try {
            send(to, together, answers);
            if (end > committed) {
                to.send(positions.message(id, end));
            }
            to.flush();
        } catch (KafkaException e) {
            // a record that cannot be had makes the producer refuse those behind it too
            if (!answers.refuse(target())) {
                throw e;
            }
            to.abortTransaction();
            return false;
        }
        if (answers.refuse(target())) {
            to.abortTransaction();
            return false;
        }
        to.commitTransaction();
        committed = end;
        together.forEach(Consignment::deliverAll);
        return true;
    }

    private void send(Producer<byte[], byte[]> to, List<Consignment> together, TransactionAnswers answers)
            throws IOException {
        for (Consignment each : together) {
            // that of the batch before may have another schema
            prepare(each);
            for (int record : each.open()) {
                ProducerRecord<byte[], byte[]> message = messages.value(each.batch(), record);
                answers.add(each, record, message.value().length, to.send(message));
                ProducerRecord<byte[], byte[]> tombstone = messages.tombstone(each.batch(), record);
                if (tombstone != null) {
                    to.send(tombstone);
                }
            }
        }
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

    @Override
    public int gathers() {
        return MOST_TOGETHER;
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
