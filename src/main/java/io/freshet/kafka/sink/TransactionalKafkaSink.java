package io.freshet.kafka.sink;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

import io.freshet.kafka.ExactlyOnceCoordinator;
import io.freshet.kafka.KafkaProbe;
import io.freshet.kafka.SchemaRegistry;
import io.freshet.kafka.sink.ProgressTopic.Committed;
import io.freshet.sink.BatchDelivery;
import io.freshet.sink.Delivery;
import io.freshet.sink.FailureCode;

/**
 * Commits records and the position after them in one transaction, so that a reader of committed messages sees each record once,
 * whenever the process is killed. A stream that restarts skips what it makes again up to the last committed position. If the
 * records originate from a topic, the transaction also contains the offsets of that topic, and reading resumes from there.
 * Batches that arrive while a transaction is being committed share the next one. The methods block.
 */
public final class TransactionalKafkaSink extends MessageSink implements ExactlyOnceCoordinator.Transactions {

    private static final String SUPERSEDED = "fenced: another instance owns this stream";
    /**
     * The maximum number of records of several batches in one transaction. A transaction costs several round trips whatever its
     * size.
     */
    private static final int MAX_TOGETHER = 10_000;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final LazyProducer producer;
    private final ProgressTopic positions;
    private final KafkaProbe probe;
    private final @Nullable ExactlyOnceCoordinator read;
    private boolean started;
    private boolean closed;
    private Committed committed = Committed.NOTHING;
    private long attempted;
    /** When another process was last seen to deliver this stream, by the monotonic clock in nanoseconds; 0 if none is. */
    private long fencedAt;

    /**
     * @param producer provides a transactional producer of this sink
     * @param read the progress in the topic from which the records originate; null if they do not originate from a topic
     * @param run identifies one life of the stream
     */
    TransactionalKafkaSink(LazyProducer producer, ProgressTopic positions, KafkaProbe probe,
            @Nullable ExactlyOnceCoordinator read, KafkaTarget target, @Nullable ConfluentWireFormat framing, String run) {
        super(target, framing, run);
        this.producer = producer;
        this.positions = positions;
        this.probe = probe;
        this.read = read;
    }

    @Override
    public CompletionStage<Delivery> deliver(BatchDelivery batchDelivery) {
        return deliver(List.of(batchDelivery));
    }

    @Override
    public synchronized CompletionStage<Delivery> deliver(List<BatchDelivery> together) {
        Delivery outcome;
        try {
            outcome = commit(together);
        } catch (KafkaException e) {
            outcome = new Delivery.TransientFailure(probe.explain(e, target()));
        } catch (IOException e) {
            outcome = new Delivery.TransientFailure("topic " + target() + ": " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            outcome = new Delivery.TransientFailure("interrupted");
        }
        return CompletableFuture.completedStage(outcome);
    }

    private Delivery commit(List<BatchDelivery> together) throws IOException, InterruptedException {
        for (BatchDelivery each : together) {
            prepare(each);
        }
        if (read == null) {
            // only now the committed position is known; a reader of a topic must not fence off others for invalidated records
            begin();
        }
        long end = 0;
        for (BatchDelivery each : together) {
            if (!each.isLetter()) {
                passOver(each);
                end = Math.max(end, each.batch().end());
            }
        }
        if (isEmpty(together)) {
            return Delivery.delivered();
        }
        attempted = Math.max(attempted, end);
        Producer<byte[], byte[]> to = begin();
        try {
            boolean done = false;
            while (!done && !isEmpty(together)) {
                // before the position after them is committed, so that a process that is killed later does not repeat them
                BatchDelivery.deadLetterAllRejected(together);
                // the other records are sent again without the rejected ones
                done = commit(to, together, end);
            }
        } catch (IOException | KafkaException e) {
            startOver(to, e);
            throw e;
        }
        return Delivery.delivered();
    }

    private static boolean isEmpty(List<BatchDelivery> together) {
        return together.stream().allMatch(each -> each.size() == 0);
    }

    /**
     * Discards the producer, unless only the consumer group refused the transaction. The next producer reads from the committed
     * position whether the transaction was committed.
     */
    private void startOver(Producer<byte[], byte[]> to, Exception reason) {
        if (read != null) {
            read.failed(reason);
        }
        if (!(reason instanceof CommitFailedException && isAborted(to))) {
            started = false;
            producer.renew();
        }
    }

    /** Aborts a transaction that was refused because other members of the group own the partitions by now. */
    private static boolean isAborted(Producer<byte[], byte[]> to) {
        try {
            to.abortTransaction();
            return true;
        } catch (KafkaException e) {
            return false;
        }
    }

    /** Waits for the transaction that is in progress. */
    @Override
    public synchronized void awaitEnd() {
        // transactions hold the lock
    }

    /**
     * Waits for the transaction that is in progress and returns the end of the last committed transaction, whichever process
     * committed it.
     *
     * @throws KafkaException if Kafka does not answer or the sink is closed
     */
    @Override
    public synchronized ExactlyOnceCoordinator.Ended begun() {
        begin();
        return new ExactlyOnceCoordinator.Ended(committed.position(), committed.note());
    }

    /**
     * Commits the progress in the topic without sending records.
     *
     * @throws KafkaException if the commit fails
     */
    @Override
    public synchronized void commitRead() {
        if (read == null || read.isVoid(Long.MAX_VALUE)) {
            return;
        }
        Producer<byte[], byte[]> to = begin();
        try {
            to.beginTransaction();
            Committed ends = addPosition(to, read.settled());
            to.commitTransaction();
            ended(ends);
        } catch (KafkaException e) {
            startOver(to, e);
            throw e;
        }
    }

    /** Prepares a batch. If its schema is rejected, its records are rejected, but not those of the other batches. */
    private void prepare(BatchDelivery batchDelivery) throws IOException {
        ConfluentWireFormat frame = framing;
        if (frame != null) {
            try {
                frame.prepare(batchDelivery.batch());
            } catch (SchemaRegistry.RefusedException e) {
                batchDelivery.rejectAll(FailureCode.SCHEMA_REJECTED, String.valueOf(e.getMessage()));
            }
        }
    }

    private void passOver(BatchDelivery batchDelivery) {
        if (read == null && batchDelivery.batch().position() >= committed.position()) {
            return;
        }
        for (int record : batchDelivery.open()) {
            if (isPassedOver(batchDelivery.batch().position(record))) {
                batchDelivery.markDelivered(record);
            }
        }
    }

    private boolean isPassedOver(long position) {
        return read == null ? position < committed.position() : read.isVoid(position);
    }

    /**
     * Executes one transaction.
     *
     * @return whether it was committed; false if records were rejected
     */
    private boolean commit(Producer<byte[], byte[]> to, List<BatchDelivery> together, long end)
            throws IOException, InterruptedException {
        SendResults answers = new SendResults();
        Committed ends = committed;
        to.beginTransaction();
        try {
            send(to, together, answers);
            if (end > (read == null ? committed.position() : 0)) {
                ends = addPosition(to, end);
            }
            to.flush();
        } catch (KafkaException e) {
            // a record that is permanently rejected makes the producer reject those after it too
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
        ended(ends);
        together.forEach(BatchDelivery::markAllDelivered);
        return true;
    }

    private Committed addPosition(Producer<byte[], byte[]> to, long end) {
        ExactlyOnceCoordinator.Read far = read == null ? null : read.upTo(end);
        Committed ends = new Committed(end, far == null ? "" : far.note());
        to.send(positions.message(ends));
        if (far != null && !far.next().isEmpty()) {
            to.sendOffsetsToTransaction(far.next(), far.member());
        }
        return ends;
    }

    private void ended(Committed ends) {
        boolean further = ends != committed;
        committed = ends;
        if (read != null && further) {
            read.committed(ends.position());
        }
    }

    private void send(Producer<byte[], byte[]> to, List<BatchDelivery> together, SendResults answers)
            throws IOException {
        for (BatchDelivery each : together) {
            // the previous batch may have another schema
            prepare(each);
            for (int record : each.open()) {
                ProducerRecord<byte[], byte[]> message = messages.value(each.batch(), record);
                answers.add(each, record, message.value() == null ? 0 : message.value().length, to.send(message));
                ProducerRecord<byte[], byte[]> tombstone = messages.tombstone(each.batch(), record);
                if (tombstone != null) {
                    to.send(tombstone);
                }
            }
        }
    }

    /** Fences off the previous owner of the transactional id and reads its committed position. */
    private Producer<byte[], byte[]> begin() {
        if (closed) {
            throw new KafkaException("the sink is closed");
        }
        if (fencedAt != 0) {
            stepInIfLeft();
        }
        Producer<byte[], byte[]> to = producer.get();
        if (!started) {
            try {
                to.initTransactions();
                committed = positions.find();
                started = true;
            } catch (KafkaException e) {
                producer.renew();
                throw e;
            }
            // the owner of a topic's reader is decided by its consumer group
            if (read == null && attempted > 0 && committed.position() > attempted) {
                // another instance got further than this one ever tried: it owns the stream now and resumes it
                fencedAt = System.nanoTime();
                started = false;
                producer.renew();
                throw new KafkaException(SUPERSEDED);
            }
        }
        return to;
    }

    /** Takes over the stream again if the other process has made no progress for a while. */
    private void stepInIfLeft() {
        if (System.nanoTime() - fencedAt < PATIENCE.toNanos()) {
            throw new KafkaException(SUPERSEDED);
        }
        long before = committed.position();
        committed = positions.find();
        if (committed.position() > before) {
            fencedAt = System.nanoTime();
            throw new KafkaException(SUPERSEDED);
        }
        fencedAt = 0;
        attempted = 0;
    }

    @Override
    public int maxCoalescedRecords() {
        return MAX_TOGETHER;
    }

    @Override
    public void forget() {
        positions.forget();
    }

    @Override
    public synchronized void close() {
        closed = true;
        producer.close();
    }
}
