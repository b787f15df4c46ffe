package io.freshet.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.jspecify.annotations.Nullable;

import io.freshet.retry.Backoff;

/**
 * Coordinates a topic that is read with the transactions that commit its offsets together with the resulting records. When a
 * transaction fails, partitions are revoked, or a seek is requested, reading restarts after the committed offsets, and
 * everything that was read before is invalid. The source that reads and the sink that writes share it. Thread-safe.
 */
public final class ExactlyOnceCoordinator {

    /** Runs the transactions. */
    public interface Transactions {

        /** Waits for the current transaction to end. */
        void awaitEnd();

        /**
         * Waits for the current transaction to end, and fences other instances that use the same transactional.id.
         *
         * @return where the last committed transaction ended
         * @throws KafkaException if Kafka does not answer
         */
        Ended begun();

        /**
         * Commits offsets that were processed without resulting in a record.
         *
         * @throws KafkaException if that fails
         */
        void commitRead();
    }

    /**
     * Where a transaction ended.
     *
     * @param position the position of the stream after it
     * @param note what was saved with it; empty for nothing
     */
    public record Ended(long position, String note) {
    }

    /**
     * How far a topic has been processed.
     *
     * @param next for each partition with progress, the offset of the first unprocessed message
     * @param member the group member that has read it; Kafka rejects the offsets if others own the partitions by now
     * @param note what is saved with the offsets
     */
    public record Read(Map<TopicPartition, OffsetAndMetadata> next, ConsumerGroupMetadata member, String note) {

        public Read {
            next = Map.copyOf(next);
        }
    }

    private static final ConsumerGroupMetadata NO_MEMBER = new ConsumerGroupMetadata("");
    private static final int NONE = -1;
    /** An instance that was not fenced for this long has no rival. */
    private static final long ALONE_NANOS = Duration.ofSeconds(30).toNanos();
    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(250), Duration.ofSeconds(4));

    private final String topic;
    private final OffsetTracker offsets;
    private volatile @Nullable Transactions transactions;
    private volatile @Nullable Ended ended;
    private volatile ConsumerGroupMetadata member = NO_MEMBER;
    private volatile boolean rewinding;
    private volatile boolean closed;
    /** Whether the stream knows its position. */
    private volatile boolean positionKnown;
    /** The number of restarts of reading before the last consumed message was read. */
    private int epoch = NONE;
    private int invalidatedEpoch = NONE;
    private long validFrom;
    private long base;
    private long settled;
    /** How many consecutive times other instances have fenced this one. */
    private int fenced;
    private long fencedAt;

    /** @param offsets the messages from which the records of the stream were read */
    public ExactlyOnceCoordinator(String topic, OffsetTracker offsets) {
        this.topic = topic;
        this.offsets = offsets;
    }

    /** Sets what runs the transactions. Must be called before messages are read. */
    public void runBy(Transactions runner) {
        transactions = runner;
    }

    private Transactions transactions() {
        return Objects.requireNonNull(transactions);
    }

    /**
     * Waits until the committed offsets are known.
     *
     * @throws KafkaException if Kafka does not answer
     */
    public void begin() {
        ended = transactions().begun();
    }

    /** Returns whether the committed offsets are known. */
    public boolean isStarted() {
        return ended != null;
    }

    /**
     * Invalidates everything that was read so far. When this method returns, none of it is being committed any more.
     *
     * @param turnNow the number of restarts of reading so far
     */
    public void giveUp(int turnNow) {
        synchronized (this) {
            invalidatedEpoch = turnNow;
            rewinding = true;
        }
        if (!closed) {
            transactions().awaitEnd();
        }
    }

    /** Returns a random delay, so that instances that share a transactional.id do not keep fencing each other. */
    public synchronized Duration rest() {
        boolean alone = fenced == 0 || System.nanoTime() - fencedAt >= ALONE_NANOS;
        return alone ? Duration.ZERO : BACKOFF.jitteredAfter(fenced);
    }

    /** Returns whether reading is about to restart after the committed offsets. */
    public boolean isRewinding() {
        return rewinding;
    }

    /** Returns whether no message may be consumed at present. */
    public boolean isHeld() {
        return rewinding || !positionKnown;
    }

    /**
     * Notes that reading has restarted after the committed offsets.
     *
     * @param turnNow the number of restarts of reading so far
     */
    public synchronized void rewound(int turnNow) {
        // it may have failed again in the meantime
        rewinding = invalidatedEpoch >= turnNow;
    }

    /** Sets the group member that reads from now on; null if none does. */
    public void joined(@Nullable ConsumerGroupMetadata now) {
        member = now == null ? NO_MEMBER : now;
    }

    /** Returns the position at which a stream resumes for which no message has been consumed yet. */
    public synchronized long resumePosition(long position) {
        Ended last = ended;
        positionKnown |= last != null;
        return last == null || epoch != NONE ? position : Math.max(position, last.position());
    }

    /**
     * Notes that a message is consumed, for a record at or after this position.
     *
     * @param itsTurn the number of restarts of reading before the message was read
     * @return where the last transaction ended if this is the first message since a restart; otherwise null
     */
    @Nullable
    public synchronized Ended taken(int itsTurn, long position) {
        if (itsTurn == epoch) {
            return null;
        }
        epoch = itsTurn;
        validFrom = position;
        offsets.clear(0);
        return ended;
    }

    /**
     * Sets what is saved with the offsets.
     *
     * @param from the position from which rows are counted
     * @param mark the mark of the last processed message
     */
    public synchronized void note(long from, long mark) {
        base = from;
        offsets.clear(mark);
    }

    /** Notes that all records before a position have been processed. */
    public synchronized void settle(long position) {
        settled = Math.max(settled, position);
    }

    /** Commits messages that resulted in no records, if there are any. */
    public void commitRead() {
        if (!closed && !isVoid(Long.MAX_VALUE) && !offsets.upTo(settled()).isEmpty()) {
            transactions().commitRead();
        }
    }

    /** Commits no more offsets without records. */
    public void close() {
        closed = true;
    }

    /** Returns the position before which all records have been processed. */
    public synchronized long settled() {
        return settled;
    }

    /** Returns whether a record must not be sent any more, because it will be read again, here or elsewhere. */
    public synchronized boolean isVoid(long position) {
        return position < validFrom || epoch <= invalidatedEpoch;
    }

    /** Returns how far the topic has been processed when all records before a position have. */
    public synchronized Read upTo(long position) {
        // may have become invalid since the transaction began, but invalidation waits for its end
        Map<TopicPartition, OffsetAndMetadata> next = new HashMap<>();
        offsets.upTo(position).forEach((partition, offset) -> next.put(new TopicPartition(topic, partition),
                new OffsetAndMetadata(offset)));
        return new Read(next, member, base + " " + offsets.note(position));
    }

    /** Notes that the offsets of all records before a position have been committed. */
    public synchronized void committed(long position) {
        settled = Math.max(settled, position);
        offsets.settle(position);
    }

    /**
     * Notes that a transaction failed, or that its outcome is unknown.
     *
     * @param reason the exception of the producer, which may say that another instance uses the same transactional.id
     */
    public synchronized void failed(Throwable reason) {
        if (isFencedOff(reason)) {
            long now = System.nanoTime();
            fenced = fenced > 0 && now - fencedAt < ALONE_NANOS ? fenced + 1 : 1;
            fencedAt = now;
        }
        invalidatedEpoch = Math.max(invalidatedEpoch, epoch);
        rewinding = true;
    }

    private static boolean isFencedOff(@Nullable Throwable reason) {
        return reason instanceof ProducerFencedException || reason instanceof InvalidProducerEpochException
                || reason != null && isFencedOff(reason.getCause());
    }

    /** Parses what was saved with the offsets: the position from which rows are counted, and the number of messages. */
    public static Optional<long[]> noted(Ended last) {
        String[] parts = last.note().split(" ", -1);
        return parts.length == 2 ? Optional.of(new long[] { Long.parseLong(parts[0]), Long.parseLong(parts[1]) })
                : Optional.empty();
    }
}
