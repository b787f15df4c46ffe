package io.freshet.source;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;

import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * Reads a topic ahead, on a thread of its own: so many messages as nobody has taken yet; then the consumer pauses, and stays in
 * its group. Messages are taken by one other thread.
 */
final class TopicBacklog implements AutoCloseable {

    private static final int MOST_RECORDS = 10_000;
    private static final long MOST_BYTES = 32L << 20;
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    /** Each commit is waited for, and meanwhile nothing is read. */
    private static final long COMMIT_NANOS = Duration.ofMillis(100).toNanos();

    /**
     * A message that was read.
     *
     * @param json the record; null for what is to be passed over
     * @param seeks how often reading had gone on elsewhere before
     */
    record Item(TopicConsumer.Message message, byte @Nullable [] json, int seeks) {

        private int bytes() {
            return json == null ? 0 : json.length;
        }
    }

    private final TopicConsumer consumer;
    private final MessageDecoder decoder;
    private final TopicIntake.Refusals refusals;
    private final RefusedMessages refused = new RefusedMessages();
    private final Thread thread;
    private final Deque<Item> items = new ArrayDeque<>();
    private final Map<Integer, Long> toCommit = new HashMap<>();
    private int records;
    private long bytes;
    private int seeks;
    private long saidAt = System.nanoTime() - COMMIT_NANOS;
    private volatile @Nullable Thread taker;
    private volatile @Nullable String problem;
    private volatile boolean closing;
    private final @Nullable TopicTransactions transactions;
    private long committedAt;

    /**
     * @param transactions where it is committed how far messages are dealt with; null if the consumer commits it
     */
    TopicBacklog(TopicConsumer consumer, MessageDecoder decoder, TopicIntake.Refusals refusals, String name,
            @Nullable TopicTransactions transactions) {
        this.transactions = transactions;
        this.consumer = consumer;
        this.decoder = decoder;
        this.refusals = refusals;
        this.thread = new Thread(this::run, "topic-" + name);
        this.thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    private void run() {
        TopicTransactions in = transactions;
        if (in != null) {
            join(in);
        }
        while (!closing) {
            breathe();
            if (in != null && in.isRewinding()) {
                rewind(in);
            }
            List<TopicConsumer.Message> messages = consumer.next();
            messages.forEach(this::read);
            if (!messages.isEmpty()) {
                // it need not find out by looking again
                LockSupport.unpark(taker);
            }
            noteSeeks();
            if (System.nanoTime() - saidAt >= COMMIT_NANOS) {
                saidAt = System.nanoTime();
                commit();
            }
        }
        commit();
        consumer.close();
    }

    private void join(TopicTransactions in) {
        consumer.watch(new TopicConsumer.Watcher() {
            @Override
            public void givingUp() {
                in.giveUp(consumer.seeks());
            }

            @Override
            public void joined(TopicTransactions.@Nullable Member now) {
                in.joined(now);
            }
        });
        // what others had under way is committed or taken back before it is asked what is committed
        while (!closing && !in.hasBegun()) {
            tried(in::begin);
        }
    }

    private void rewind(TopicTransactions in) {
        in.giveUp(consumer.seeks());
        LockSupport.parkNanos(in.restNanos());
        if (tried(in::begin) && consumer.rewind()) {
            noteSeeks();
            in.rewound(consumer.seeks());
        }
    }

    /** Whether Kafka did what it was asked; if it did not, after a while. */
    private boolean tried(Runnable work) {
        try {
            work.run();
            problem = null;
            return true;
        } catch (KafkaException e) {
            problem = "transactions: " + e.getMessage();
            LockSupport.parkNanos(RETRY.toNanos());
            return false;
        }
    }

    /** Pauses when there is enough, and goes on when half of it is taken. */
    private synchronized void breathe() {
        if (items.size() >= MOST_RECORDS || bytes >= MOST_BYTES) {
            consumer.pause();
        } else if (items.size() <= MOST_RECORDS / 2 && bytes <= MOST_BYTES / 2) {
            consumer.resume();
        }
    }

    private synchronized void noteSeeks() {
        if (consumer.seeks() != seeks) {
            seeks = consumer.seeks();
            // it is about messages before
            toCommit.clear();
        }
    }

    private void read(TopicConsumer.Message message) {
        noteSeeks();
        byte[] json = null;
        byte[] value = message.value();
        // a tombstone is no record
        if (value != null) {
            try {
                json = decode(value);
            } catch (MalformedMessageException e) {
                refuse(message, String.valueOf(e.getMessage()));
            }
        }
        synchronized (this) {
            if (!closing) {
                Item item = new Item(message, json, seeks);
                items.add(item);
                records += json == null ? 0 : 1;
                bytes += item.bytes();
            }
        }
    }

    private byte @Nullable [] decode(byte[] value) throws MalformedMessageException {
        while (!closing) {
            try {
                byte[] json = decoder.json(value);
                problem = null;
                return json;
            } catch (IOException e) {
                // the schema registry is away: what comes meanwhile waits in Kafka
                problem = e.getMessage();
                LockSupport.parkNanos(RETRY.toNanos());
            }
        }
        return null;
    }

    private void refuse(TopicConsumer.Message message, String reason) {
        refused.add(message, reason);
        while (!closing) {
            try {
                refusals.keep(message, reason).toCompletableFuture().join();
                problem = null;
                return;
            } catch (CompletionException e) {
                problem = "a malformed message cannot be kept: " + e.getMessage();
                LockSupport.parkNanos(RETRY.toNanos());
            }
        }
    }

    private void commit() {
        TopicTransactions in = transactions;
        if (in != null) {
            if (System.nanoTime() - committedAt >= RETRY.toNanos()) {
                tried(in::commitRead);
                committedAt = System.nanoTime();
            }
            return;
        }
        Map<Integer, Long> wanted;
        synchronized (this) {
            wanted = Map.copyOf(toCommit);
        }
        if (!wanted.isEmpty() && consumer.commit(wanted)) {
            synchronized (this) {
                toCommit.entrySet().removeAll(wanted.entrySet());
            }
        }
    }

    /** How many records there are. */
    synchronized int records() {
        return records;
    }

    /** The calling thread is woken up when there are more records. */
    void wakeMe() {
        taker = Thread.currentThread();
    }

    /** Whether the next one is to be passed over. */
    synchronized boolean hasNothingNext() {
        Item next = items.peek();
        return next != null && next.json() == null;
    }

    /** Takes the next one; null if there is none. */
    synchronized @Nullable Item take() {
        Item item = items.poll();
        if (item != null) {
            records -= item.json() == null ? 0 : 1;
            bytes -= item.bytes();
        }
        return item;
    }

    /** Forgets what was read before reading went on elsewhere. */
    synchronized void forgetBeforeSeek() {
        while (!items.isEmpty() && items.getFirst().seeks() < seeks) {
            take();
        }
    }

    /**
     * Has it said soon to Kafka how far messages are dealt with.
     *
     * @param seeksBefore how often reading had gone on elsewhere before they were read: if it has again, nothing is said
     */
    synchronized void commit(Map<Integer, Long> offsets, int seeksBefore) {
        if (seeksBefore == seeks) {
            toCommit.putAll(offsets);
        }
    }

    void seek(Seek to) {
        consumer.seek(to);
    }

    SourceStatus status(TopicConsumer.Settings settings, long taken, long owed) {
        String warning = problem;
        return new SourceStatus(null, warning == null ? consumer.problem() : warning,
                new TopicStatus(settings.topic(), settings.group(), consumer.partitions(), consumer.lag() + records(), taken,
                        owed, refused.count(), refused.samples(), consumer.isPaused()));
    }

    /** Commits what is to be committed, and leaves the group. */
    @Override
    public void close() {
        closing = true;
        if (transactions != null) {
            transactions.close();
        }
        LockSupport.unpark(thread);
        try {
            thread.join(PATIENCE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
