package io.freshet.source;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * What is read of a topic and committed in the transactions of the records that come of it. When a transaction fails, when
 * partitions are given up, and when somebody wants to go on elsewhere, reading begins again behind what is committed, and all
 * that was read before is void. Thread-safe.
 */
public final class TopicTransactions {

    /** Makes the transactions. */
    public interface Committer {

        /** Waits for the transaction that is under way. */
        void awaitEnd();

        /**
         * Waits for the transaction that is under way, ends those of others under the same name.
         *
         * @return where the last one ended that was committed
         * @throws KafkaException if Kafka does not answer
         */
        Ended begin();

        /**
         * Commits what is dealt with though no record comes of it.
         *
         * @throws KafkaException if that fails
         */
        void commitRead();
    }

    /**
     * Where a transaction ended.
     *
     * @param position of the stream behind it
     * @param note what was noted with it; empty for nothing
     */
    public record Ended(long position, String note) {
    }

    /**
     * Who reads: a member of a group.
     *
     * @param instance its fixed name; null if it has none
     */
    public record Member(String group, int generation, String id, @Nullable String instance) {
    }

    /**
     * How far a topic is read.
     *
     * @param next by partition, those of which something new is known
     * @param member who has read it; null if it is in no group by now
     * @param note what is to be noted with the position
     */
    public record Read(String topic, Map<Integer, Long> next, @Nullable Member member, String note) {

        public Read {
            next = Map.copyOf(next);
        }
    }

    private static final int NONE = -1;
    /** Whoever was not fenced off for so long is alone. */
    private static final long ALONE_NANOS = Duration.ofSeconds(30).toNanos();
    private static final long SHORTEST_REST = Duration.ofMillis(250).toNanos();
    private static final int MOST_DOUBLINGS = 4;

    private final String topic;
    private final OffsetLedger ledger;
    private final Committer committer;
    private volatile @Nullable Ended ended;
    private volatile @Nullable Member member;
    private volatile boolean rewinding;
    private volatile boolean closed;
    /** Whether the stream knows its position. */
    private volatile boolean placed;
    /** How often reading had begun elsewhere before the message that was taken last was read. */
    private int turn = NONE;
    private int voidTurn = NONE;
    private long validFrom;
    private long base;
    private long settled;
    /** How often in a row others have fenced this one off. */
    private int fenced;
    private long fencedAt;

    TopicTransactions(String topic, OffsetLedger ledger, Committer committer) {
        this.topic = topic;
        this.ledger = ledger;
        this.committer = committer;
    }

    /**
     * Waits until it is known what is committed.
     *
     * @throws KafkaException if Kafka does not answer
     */
    void begin() {
        ended = committer.begin();
    }

    boolean hasBegun() {
        return ended != null;
    }

    /**
     * All that was read until now is void. When this returns, none of it is being committed any more.
     *
     * @param turnNow how often reading has begun elsewhere so far
     */
    void giveUp(int turnNow) {
        synchronized (this) {
            voidTurn = turnNow;
            rewinding = true;
        }
        if (!closed) {
            committer.awaitEnd();
        }
    }

    /**
     * How long others are left to it that deliver under the same name, in nanoseconds. Whoever begins fences the others off:
     * without a rest that differs they would do so to each other all the time, and nobody would get anywhere.
     */
    synchronized long restNanos() {
        if (fenced == 0 || System.nanoTime() - fencedAt >= ALONE_NANOS) {
            return 0;
        }
        long longest = SHORTEST_REST << Math.min(fenced - 1, MOST_DOUBLINGS);
        return ThreadLocalRandom.current().nextLong(longest / 2, longest);
    }

    /** Whether reading is to begin again behind what is committed. */
    boolean isRewinding() {
        return rewinding;
    }

    /** Whether no message is to be taken for now. */
    boolean isHeld() {
        return rewinding || !placed;
    }

    synchronized void rewound(int turnNow) {
        // it may have failed again meanwhile
        rewinding = voidTurn >= turnNow;
    }

    void joined(@Nullable Member now) {
        member = now;
    }

    /** The position where a stream goes on that nothing was taken for yet. */
    synchronized long goesOn(long position) {
        Ended last = ended;
        placed |= last != null;
        return last == null || turn != NONE ? position : Math.max(position, last.position());
    }

    /**
     * A message is taken, for a position at or behind this one.
     *
     * @param itsTurn how often reading had begun elsewhere before
     * @return where the last transaction ended, if it is the first one that is read since then; else null
     */
    @Nullable
    synchronized Ended taken(int itsTurn, long position) {
        if (itsTurn == turn) {
            return null;
        }
        turn = itsTurn;
        validFrom = position;
        ledger.clear(0);
        return ended;
    }

    /**
     * Says what the ledger's marks are to be noted with.
     *
     * @param mark of the last message that is dealt with
     */
    synchronized void note(long from, long mark) {
        base = from;
        ledger.clear(mark);
    }

    /** All records before a position are dealt with. */
    synchronized void settle(long position) {
        settled = Math.max(settled, position);
    }

    /** Commits what came to nothing, if there is something. */
    void commitRead() {
        if (!closed && !isVoid(Long.MAX_VALUE) && !ledger.upTo(settled()).isEmpty()) {
            committer.commitRead();
        }
    }

    void close() {
        closed = true;
    }

    /** The position before which all records are dealt with. */
    public synchronized long settled() {
        return settled;
    }

    /** Whether a record is not to be sent any more: it is read once more, here or elsewhere. */
    public synchronized boolean isVoid(long position) {
        return position < validFrom || turn <= voidTurn;
    }

    /** How far the topic is read when all records before a position are dealt with. */
    public synchronized Read upTo(long position) {
        // it may have become void since the transaction began: it is waited for
        return new Read(topic, ledger.upTo(position), member, base + " " + ledger.mark(position));
    }

    /** Says that it is committed how far it is read with the records before a position. */
    public synchronized void committed(long position) {
        settled = Math.max(settled, position);
        ledger.settle(position);
    }

    /**
     * Says that a transaction failed, or that nobody knows whether it did.
     *
     * @param superseded whether it did because others deliver under the same name
     */
    public synchronized void failed(boolean superseded) {
        if (superseded) {
            long now = System.nanoTime();
            fenced = fenced > 0 && now - fencedAt < ALONE_NANOS ? fenced + 1 : 1;
            fencedAt = now;
        }
        voidTurn = Math.max(voidTurn, turn);
        rewinding = true;
    }

    /** What is noted of a stream: from where rows are counted, and of how many messages. */
    static Optional<long[]> noted(Ended last) {
        String[] parts = last.note().split(" ", -1);
        return parts.length == 2 ? Optional.of(new long[] { Long.parseLong(parts[0]), Long.parseLong(parts[1]) })
                : Optional.empty();
    }
}
