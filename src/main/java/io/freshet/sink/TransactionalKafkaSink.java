package io.freshet.sink;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.jspecify.annotations.Nullable;

import io.freshet.sink.CommittedPositions.Committed;

/**
 * Records and the position behind them in one transaction: a reader of committed messages sees each record once, whenever the
 * process is killed. What a stream that starts again brings once more is passed over up to the position of the last commit;
 * where records come of a topic, how far that is read is in the transaction too, and it is read on from there. What has come
 * while one transaction was committed goes together into the next; the methods block.
 */
public final class TransactionalKafkaSink extends MessageSink {

    private static final String SUPERSEDED = "another process delivers this stream by now";
    /** How many records of several batches share a transaction, which costs some round trips however many these are. */
    private static final int MOST_TOGETHER = 10_000;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final ProducerLease producer;
    private final CommittedPositions positions;
    private final @Nullable ReadPositions read;
    private boolean begun;
    private boolean closed;
    private Committed committed = Committed.NOTHING;
    private long attempted;
    /** When it was seen last that another process delivers, in steady nanoseconds; 0 if none does. */
    private long fencedAt;

    /**
     * @param producer a transactional one, of its own
     * @param read how far a topic is read that the records come of; null if they do not
     */
    TransactionalKafkaSink(ProducerLease producer, CommittedPositions positions, @Nullable ReadPositions read,
            KafkaTarget target, @Nullable MessageFraming framing) {
        super(target, framing);
        this.producer = producer;
        this.positions = positions;
        this.read = read;
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
        if (read == null) {
            // only then it is known how far it got; a topic's reader must not fence others off for records that are void
            begin();
        }
        long end = 0;
        for (Consignment each : together) {
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
                keepRefused(together);
                // the others are sent again, without those that were refused
                done = commit(to, together, end);
            }
        } catch (IOException | KafkaException e) {
            startOver(e);
            throw e;
        }
        return Delivery.delivered();
    }

    /** Before the position behind them is committed: who is killed then does not come to them again. */
    private static void keepRefused(List<Consignment> together) throws IOException {
        try {
            together.forEach(each -> each.keepRefused().toCompletableFuture().join());
        } catch (CompletionException e) {
            throw new IOException("dead letters are not kept: " + (e.getCause() == null ? e : e.getCause()).getMessage(), e);
        }
    }

    private static boolean isEmpty(List<Consignment> together) {
        return together.stream().allMatch(each -> each.size() == 0);
    }

    /** Whether a transaction was committed, the next producer learns from the position. */
    private void startOver(Exception reason) {
        begun = false;
        if (read != null) {
            read.failed(isFencedOff(reason));
        }
        producer.renew();
    }

    private static boolean isFencedOff(@Nullable Throwable reason) {
        return reason instanceof ProducerFencedException || reason instanceof InvalidProducerEpochException
                || reason != null && isFencedOff(reason.getCause());
    }

    /** Waits for the transaction that is under way. */
    public synchronized void awaitEnd() {
        // transactions hold the lock
    }

    /**
     * Waits for the transaction that is under way; says where the last one ended that was committed, by whomever.
     *
     * @param <T> what is made of it: of the position, and of what was noted with it
     * @throws KafkaException if Kafka does not answer, or the sink is closed
     */
    public synchronized <T> T begun(Ending<T> made) {
        begin();
        return made.of(committed.position(), committed.note());
    }

    /** What is made of the end of a transaction. */
    @FunctionalInterface
    public interface Ending<T> {

        T of(long position, String note);
    }

    /**
     * Commits how far the topic is read, where no records come of it.
     *
     * @throws KafkaException if that fails
     */
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
            startOver(e);
            throw e;
        }
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
        if (read == null && consignment.batch().position() >= committed.position()) {
            return;
        }
        for (int record : consignment.open()) {
            if (isPassedOver(consignment.batch().position(record))) {
                consignment.deliver(record);
            }
        }
    }

    private boolean isPassedOver(long position) {
        return read == null ? position < committed.position() : read.isVoid(position);
    }

    /** One transaction; whether it was committed: not if records were refused. */
    private boolean commit(Producer<byte[], byte[]> to, List<Consignment> together, long end)
            throws IOException, InterruptedException {
        TransactionAnswers answers = new TransactionAnswers();
        Committed ends = committed;
        to.beginTransaction();
        try {
            send(to, together, answers);
            if (end > (read == null ? committed.position() : 0)) {
                ends = addPosition(to, end);
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
        ended(ends);
        together.forEach(Consignment::deliverAll);
        return true;
    }

    private Committed addPosition(Producer<byte[], byte[]> to, long end) {
        ReadPositions.Read far = read == null ? null : read.upTo(end);
        Committed ends = new Committed(end, far == null ? "" : far.note());
        to.send(positions.message(ends));
        if (far != null) {
            ReadOffsets.send(to, far);
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
        if (closed) {
            throw new KafkaException("the sink is closed");
        }
        if (fencedAt != 0) {
            stepInIfLeft();
        }
        Producer<byte[], byte[]> to = producer.get();
        if (!begun) {
            try {
                to.initTransactions();
                committed = positions.find();
                begun = true;
            } catch (KafkaException e) {
                producer.renew();
                throw e;
            }
            // who reads a topic, its consumer group decides
            if (read == null && attempted > 0 && committed.position() > attempted) {
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
    public int gathers() {
        return MOST_TOGETHER;
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
