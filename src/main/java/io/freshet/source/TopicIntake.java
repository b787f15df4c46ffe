package io.freshet.source;

import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/**
 * Takes messages of a topic for a source, and has it committed how far they are dealt with. Opens the topic when the first ones
 * are wanted. Confined to the thread of the source, except for {@link #seek} and {@link #status}.
 */
public final class TopicIntake {

    /** Makes the consumer, when the first records are wanted. */
    public interface Consumers {

        TopicConsumer open(TopicConsumer.Settings settings, TopicBookmark from);
    }

    /** Keeps what cannot be read. */
    public interface Refusals {

        /** The stage completes when it is safe, and fails if it is not; then it may be handed over again. */
        CompletionStage<Void> keep(TopicConsumer.Message message, String reason);
    }

    private final String name;
    private final TopicConsumer.Settings settings;
    private final Consumers consumers;
    private final MessageDecoder decoder;
    private final Refusals refusals;
    private final OffsetLedger ledger = new OffsetLedger();
    private final TopicBookmark from;
    /** The next message of each partition of which one was taken, or where it is known otherwise. */
    private final Map<Integer, Long> next;
    private volatile @Nullable TopicBacklog backlog;
    private @Nullable Seek seekFirst;
    private @Nullable TopicTransactions transactions;
    private int seeks;
    private TopicTransactions.@Nullable Ended begunAgain;
    private long settled;

    /**
     * @param name of the stream
     * @param from where it goes on, whatever is committed
     */
    public TopicIntake(String name, TopicConsumer.Settings settings, TopicBookmark from, Consumers consumers,
            MessageDecoder decoder, Refusals refusals) {
        this.from = from;
        this.next = new ConcurrentHashMap<>(from.offsets());
        this.name = name;
        this.settings = settings;
        this.consumers = consumers;
        this.decoder = decoder;
        this.refusals = refusals;
    }

    /** Has it committed in transactions how far messages are dealt with; before the first ones are wanted. */
    TopicTransactions commitIn(TopicTransactions.Committer committer) {
        TopicTransactions in = new TopicTransactions(settings.topic(), ledger, committer);
        transactions = in;
        return in;
    }

    /** The position where a stream goes on that would go on here. */
    long goesOn(long position) {
        TopicTransactions in = transactions;
        return in == null ? position : in.goesOn(position);
    }

    private synchronized TopicBacklog open() {
        TopicBacklog known = backlog;
        if (known == null) {
            TopicConsumer consumer = consumers.open(settings, from);
            known = new TopicBacklog(consumer, decoder, refusals, name, transactions);
            Seek first = seekFirst;
            if (first != null) {
                consumer.seek(first);
            }
            backlog = known;
            known.start();
        }
        return known;
    }

    /**
     * Forgets what was read before reading went on elsewhere; how many records there are. The calling thread is woken up when
     * there are more.
     */
    int there() {
        TopicBacklog from = open();
        from.wakeMe();
        from.forgetBeforeSeek();
        return isHeld() ? 0 : from.records();
    }

    /** Whether no message is to be taken for now. */
    boolean isHeld() {
        TopicTransactions in = transactions;
        return in != null && in.isHeld();
    }

    /** Whether the next message is no record. */
    boolean hasNothingNext() {
        return open().hasNothingNext();
    }

    /**
     * The next message; null if there is none yet.
     *
     * @param position before which no record can come of it
     */
    TopicBacklog.@Nullable Item take(long position) {
        TopicBacklog.Item item = open().take();
        if (item != null && item.seeks() != seeks) {
            seeks = item.seeks();
            ledger.clear(0);
            next.clear();
        }
        TopicTransactions in = transactions;
        if (item != null && in != null) {
            TopicTransactions.Ended last = in.taken(item.seeks(), position);
            if (last != null) {
                begunAgain = last;
            }
        }
        if (item != null) {
            next.put(item.message().partition(), item.message().offset() + 1);
        }
        return item;
    }

    /** Behind what was taken. */
    TopicBookmark bookmark() {
        return new TopicBookmark(next);
    }

    /** A message is the record of this position. */
    void record(TopicBacklog.Item item, long position) {
        ledger.add(position, item.message().partition(), item.message().offset());
    }

    /**
     * A message, and all before it in its partition, are dealt with when the records before this position are.
     *
     * @param count of messages that rows were made for, to be noted
     */
    void pass(TopicBacklog.Item item, long position, long count) {
        ledger.pass(position, item.message().partition(), item.message().offset() + 1, count);
    }

    /** Where the last transaction ended before the message that was taken last; null if that was said, or there are none. */
    TopicTransactions.@Nullable Ended begunAgain() {
        TopicTransactions.Ended last = begunAgain;
        begunAgain = null;
        return last;
    }

    /** What is noted with positions: from where rows are counted, and how many messages they were made for so far. */
    void note(long base, long count) {
        TopicTransactions in = transactions;
        if (in != null) {
            in.note(base, count);
        }
    }

    /** The records before a position are dealt with. */
    void settle(long position) {
        settled = Math.max(settled, position);
        TopicTransactions in = transactions;
        TopicBacklog from = backlog;
        if (in != null) {
            in.settle(position);
        } else if (from != null) {
            from.commit(ledger.settle(settled), seeks);
        }
    }

    synchronized void seek(Seek to) {
        TopicBacklog open = backlog;
        if (open == null) {
            seekFirst = to;
        } else {
            open.seek(to);
        }
    }

    /**
     * @param taken how many messages became records
     * @param owed how many records are still to be made of them
     */
    SourceStatus status(long taken, long owed) {
        TopicBacklog open = backlog;
        return open == null ? SourceStatus.FINE : open.status(settings, taken, owed);
    }

    void close() {
        TopicBacklog open = backlog;
        if (open != null) {
            open.close();
        }
    }
}
