package io.freshet.kafka.source;

import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

import io.freshet.event.ReadProgress;
import io.freshet.kafka.ExactlyOnceCoordinator;
import io.freshet.kafka.OffsetTracker;
import io.freshet.memory.MemoryBudget;
import io.freshet.source.Seek;
import io.freshet.source.SourceStatus;

/**
 * Consumes the messages of a topic for a source, and has processed offsets committed. Opens the topic when the first messages
 * are requested. Confined to the thread of the source, except for {@link #seek} and {@link #status}.
 */
public final class TopicReader {

    /** Creates the consumer when the first records are requested. */
    public interface Consumers {

        TopicConsumer open(TopicConsumer.Settings settings, TopicBookmark from);
    }

    /** Keeps what cannot be decoded. */
    public interface Refusals {

        /**
         * Keeps a message. The returned stage completes when it is safe, and fails if it could not be kept; the call may then
         * be repeated.
         */
        CompletionStage<Void> keep(TopicMessage message, String reason);
    }

    private final String name;
    private boolean tombstones;
    private final TopicConsumer.Settings settings;
    private final Consumers consumers;
    private final MessageDecoder decoder;
    private final Refusals refusals;
    private final OffsetTracker offsets = new OffsetTracker();
    private final TopicBookmark from;
    private final MemoryBudget memory;
    /** The next message of each partition from which one was consumed, or whose position is known otherwise. */
    private final Map<Integer, Long> next;
    private volatile @Nullable TopicPrefetcher prefetcher;
    private @Nullable Seek seekFirst;
    private @Nullable ExactlyOnceCoordinator transactions;
    private int seeks;
    private ExactlyOnceCoordinator.@Nullable Ended begunAgain;
    private long settled;

    /**
     * @param name the name of the stream
     * @param from where it resumes, whatever is committed
     * @param memory the budget of the messages that wait for the stream
     */
    public TopicReader(String name, TopicConsumer.Settings settings, TopicBookmark from, Consumers consumers,
            MessageDecoder decoder, Refusals refusals, MemoryBudget memory) {
        this.memory = memory;
        this.from = from;
        this.next = new ConcurrentHashMap<>(from.offsets());
        this.name = name;
        this.settings = settings;
        this.consumers = consumers;
        this.decoder = decoder;
        this.refusals = refusals;
    }

    /** Treats tombstones as records. Must be called before messages are requested. */
    void takeTombstones() {
        tombstones = true;
    }

    /** Commits processed offsets in transactions. Must be called before messages are requested. */
    ExactlyOnceCoordinator commitInTransactions() {
        ExactlyOnceCoordinator in = new ExactlyOnceCoordinator(settings.topic(), offsets);
        transactions = in;
        return in;
    }

    /** Returns the position at which a stream resumes that is about to resume here. */
    long resumePosition(long position) {
        ExactlyOnceCoordinator in = transactions;
        return in == null ? position : in.resumePosition(position);
    }

    private synchronized TopicPrefetcher open() {
        TopicPrefetcher known = prefetcher;
        if (known == null) {
            TopicConsumer consumer = consumers.open(settings, from);
            known = new TopicPrefetcher(consumer, decoder, refusals, name, tombstones, transactions, memory);
            Seek first = seekFirst;
            if (first != null) {
                consumer.seek(first);
            }
            prefetcher = known;
            known.start();
        }
        return known;
    }

    /**
     * Discards what was read before the last seek. Wakes up the calling thread when more records arrive.
     *
     * @return how many records are available
     */
    int available() {
        TopicPrefetcher from = open();
        from.wakeMe();
        from.forgetBeforeSeek();
        return isHeld() ? 0 : from.records();
    }

    /** Returns what is known about messages that have not been consumed yet. */
    ReadProgress progress() {
        TopicPrefetcher open = prefetcher;
        return open == null ? ReadProgress.NONE : open.progress();
    }

    /** Returns how many of the next {@code wanted} records may travel together: at least one, unless there are none. */
    int fitting(int wanted) {
        return open().within(wanted, memory.slice());
    }

    /** Returns whether no message may be consumed at present. */
    boolean isHeld() {
        ExactlyOnceCoordinator in = transactions;
        return in != null && in.isHeld();
    }

    /** Returns whether the next message is not a record. */
    boolean hasNothingNext() {
        return open().hasNothingNext();
    }

    /**
     * Returns the next message; null if none has arrived.
     *
     * @param position the position of the next record
     */
    @Nullable
    PrefetchedMessage take(long position) {
        PrefetchedMessage item = open().take();
        if (item != null && item.seeks() != seeks) {
            seeks = item.seeks();
            offsets.clear(0);
            next.clear();
        }
        ExactlyOnceCoordinator in = transactions;
        if (item != null && in != null) {
            ExactlyOnceCoordinator.Ended last = in.taken(item.seeks(), position);
            if (last != null) {
                begunAgain = last;
            }
        }
        if (item != null) {
            next.put(item.message().partition(), item.message().offset() + 1);
        }
        return item;
    }

    /** Returns the bookmark after the consumed messages. */
    TopicBookmark bookmark() {
        return new TopicBookmark(next);
    }

    /** Notes that a message is the record at this position. */
    void record(PrefetchedMessage item, long position) {
        offsets.add(position, item.message().partition(), item.message().offset());
    }

    /**
     * Notes that a message, and all before it in its partition, have been processed when the records before this position have.
     *
     * @param count the number of messages for which rows were generated, to be saved with the offsets
     */
    void skip(PrefetchedMessage item, long position, long count) {
        offsets.skip(position, item.message().partition(), item.message().offset() + 1, count);
    }

    /**
     * Returns where the last transaction ended before the message that was consumed last; null if that was returned before, or
     * there is none.
     */
    ExactlyOnceCoordinator.@Nullable Ended begunAgain() {
        ExactlyOnceCoordinator.Ended last = begunAgain;
        begunAgain = null;
        return last;
    }

    /**
     * Sets what is saved with the offsets: the position from which rows are counted, and the number of messages for which rows
     * were generated so far.
     */
    void note(long base, long count) {
        ExactlyOnceCoordinator in = transactions;
        if (in != null) {
            in.note(base, count);
        }
    }

    /** Notes that the records before a position have been processed. */
    void settle(long position) {
        settled = Math.max(settled, position);
        ExactlyOnceCoordinator in = transactions;
        TopicPrefetcher from = prefetcher;
        if (in != null) {
            in.settle(position);
        } else if (from != null) {
            from.commit(offsets.settle(settled), seeks);
        }
    }

    synchronized void seek(Seek to) {
        TopicPrefetcher open = prefetcher;
        if (open == null) {
            seekFirst = to;
        } else {
            open.seek(to);
        }
    }

    /**
     * @param taken how many messages became records
     * @param deleted how many of these were tombstones
     * @param owed how many records are still to be generated for them
     */
    SourceStatus status(long taken, long deleted, long owed) {
        TopicPrefetcher open = prefetcher;
        return open == null ? SourceStatus.FINE : open.status(settings, taken, deleted, owed);
    }

    void close() {
        TopicPrefetcher open = prefetcher;
        if (open != null) {
            open.close();
        }
    }
}
