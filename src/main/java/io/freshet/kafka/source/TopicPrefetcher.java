package io.freshet.kafka.source;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

import io.freshet.event.ReadProgress;
import io.freshet.kafka.ExactlyOnceCoordinator;
import io.freshet.memory.MemoryBudget;
import io.freshet.source.RejectedMessages;
import io.freshet.source.Seek;
import io.freshet.source.SourceProblem;
import io.freshet.source.SourceStatus;
import io.freshet.source.TopicStatus;
import io.freshet.thread.ThreadKind;
import io.freshet.thread.Threads;

/**
 * Reads a topic ahead on a thread of its own. When enough messages wait to be consumed, the consumer pauses and stays in its
 * group. One other thread consumes the messages.
 */
final class TopicPrefetcher implements AutoCloseable {

    private static final int MAX_RECORDS = 10_000;
    private static final long MAX_BYTES = 32L << 20;
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final byte[] NO_BYTES = {};
    /** Commits are limited to this interval, because nothing is read while a commit is awaited. */
    private static final long COMMIT_NANOS = Duration.ofMillis(100).toNanos();

    private final TopicConsumer consumer;
    private final MessageDecoder decoder;
    private final TopicReader.Refusals refusals;
    private final RejectedMessages refused = new RejectedMessages();
    private final boolean tombstones;
    private final Thread thread;
    private final MemoryBudget.Account memory;
    private final Deque<PrefetchedMessage> items = new ArrayDeque<>();
    private final Map<Integer, Long> toCommit = new HashMap<>();
    private final PartitionProgress partitions = new PartitionProgress();
    private int records;
    private long bytes;
    private int seeks;
    private long saidAt = System.nanoTime() - COMMIT_NANOS;
    private volatile @Nullable Thread taker;
    private volatile @Nullable SourceProblem problem;
    private volatile boolean closing;
    private final @Nullable ExactlyOnceCoordinator transactions;
    private long committedAt;

    /**
     * @param tombstones whether tombstones are records; otherwise they are skipped
     * @param transactions the transactions that commit the offsets; null if the consumer commits them
     */
    TopicPrefetcher(TopicConsumer consumer, MessageDecoder decoder, TopicReader.Refusals refusals, String name,
            boolean tombstones, @Nullable ExactlyOnceCoordinator transactions, MemoryBudget budget) {
        this.tombstones = tombstones;
        this.transactions = transactions;
        this.memory = budget.open();
        this.consumer = consumer;
        this.decoder = decoder;
        this.refusals = refusals;
        this.thread = Threads.create(ThreadKind.TOPIC, name, this::run);
    }

    void start() {
        thread.start();
    }

    private void run() {
        ExactlyOnceCoordinator in = transactions;
        if (in != null) {
            join(in);
        }
        while (!closing) {
            applyBackpressure();
            if (in != null && in.isRewinding()) {
                rewind(in);
            }
            List<TopicMessage> messages = consumer.next();
            // before the messages can be consumed, because they must not advance event time past partitions that lag behind
            noteProgress(messages, consumer.ends());
            messages.forEach(this::read);
            if (!messages.isEmpty()) {
                // so that it need not poll to find out
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

    private void join(ExactlyOnceCoordinator in) {
        consumer.watch(new GroupWatcher() {
            @Override
            public void givingUp() {
                in.giveUp(consumer.seeks());
            }

            @Override
            public void joined(@Nullable ConsumerGroupMetadata now) {
                in.joined(now);
            }
        });
        // the pending transactions of other instances are completed or aborted before the committed offsets are read
        while (!closing && !in.isStarted()) {
            tried(in::begin);
        }
    }

    private void rewind(ExactlyOnceCoordinator in) {
        in.giveUp(consumer.seeks());
        LockSupport.parkNanos(in.rest().toNanos());
        if (tried(in::begin) && consumer.rewind()) {
            noteSeeks();
            in.rewound(consumer.seeks());
        }
    }

    /**
     * Runs an operation of Kafka, and pauses if it fails.
     *
     * @return whether it succeeded
     */
    private boolean tried(Runnable work) {
        try {
            work.run();
            note(null);
            return true;
        } catch (KafkaException e) {
            note("transactions: " + e.getMessage());
            LockSupport.parkNanos(RETRY.toNanos());
            return false;
        }
    }

    /** Pauses the consumer when enough messages wait, and resumes it when half of them have been consumed. */
    private synchronized void applyBackpressure() {
        if (items.size() >= MAX_RECORDS || bytes >= MAX_BYTES || !memory.hasRoom()) {
            consumer.pause();
        } else if (items.size() <= MAX_RECORDS / 2 && bytes <= MAX_BYTES / 2) {
            consumer.resume();
        }
    }

    private synchronized void noteProgress(List<TopicMessage> messages, @Nullable PartitionEnds ends) {
        partitions.brought(messages.stream().map(TopicMessage::partition).collect(Collectors.toSet()));
        if (ends != null && !ends.reached().isEmpty()) {
            partitions.answered(ends.reached(), ends.nanos());
        }
    }

    /** Returns which partitions may have records that have not been consumed, and since when none had any. */
    synchronized ReadProgress progress() {
        return partitions.progress();
    }

    private synchronized void noteSeeks() {
        if (consumer.seeks() != seeks) {
            seeks = consumer.seeks();
            // it refers to messages from before the seek
            toCommit.clear();
        }
    }

    private void read(TopicMessage message) {
        noteSeeks();
        byte[] json = null;
        byte[] value = message.value();
        if (value == null) {
            json = tombstones && message.isTombstone() ? NO_BYTES : null;
        } else {
            try {
                json = decode(value);
            } catch (MalformedMessageException e) {
                refuse(message, String.valueOf(e.getMessage()));
            }
        }
        synchronized (this) {
            if (!closing) {
                PrefetchedMessage item = new PrefetchedMessage(message, json, seeks);
                items.add(item);
                records += json == null ? 0 : 1;
                partitions.read(message.partition());
                bytes += item.bytes();
                memory.add(item.bytes());
            }
        }
    }

    private byte @Nullable [] decode(byte[] value) throws MalformedMessageException {
        while (!closing) {
            try {
                byte[] json = decoder.json(value);
                note(null);
                return json;
            } catch (IOException e) {
                // the schema registry is unavailable; further messages wait in Kafka
                note(e.getMessage());
                LockSupport.parkNanos(RETRY.toNanos());
            }
        }
        return null;
    }

    private void refuse(TopicMessage message, String reason) {
        refused.add(message.partition(), message.offset(), reason);
        while (!closing) {
            try {
                refusals.keep(message, reason).toCompletableFuture().join();
                note(null);
                return;
            } catch (CompletionException e) {
                note("a malformed message cannot be kept as a dead letter: " + e.getMessage());
                LockSupport.parkNanos(RETRY.toNanos());
            }
        }
    }

    private void commit() {
        ExactlyOnceCoordinator in = transactions;
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

    /** Returns how many records wait. */
    synchronized int records() {
        return records;
    }

    /** Returns how many of the first {@code wanted} records stay within a number of bytes: at least one, unless none waits. */
    synchronized int within(int wanted, long maxBytes) {
        int fitting = 0;
        long sum = 0;
        for (PrefetchedMessage item : items) {
            sum += item.bytes();
            if (fitting == wanted || fitting > 0 && sum > maxBytes) {
                break;
            }
            fitting += item.json() == null ? 0 : 1;
        }
        return fitting;
    }

    /** Wakes up the calling thread when more records arrive. */
    void wakeMe() {
        taker = Thread.currentThread();
    }

    /** Returns whether the next message is to be skipped. */
    synchronized boolean hasNothingNext() {
        PrefetchedMessage next = items.peek();
        return next != null && next.json() == null;
    }

    /** Takes the next message; returns null if no message waits. */
    synchronized @Nullable PrefetchedMessage take() {
        PrefetchedMessage item = items.poll();
        if (item != null) {
            records -= item.json() == null ? 0 : 1;
            partitions.taken(item.message().partition());
            bytes -= item.bytes();
            memory.remove(item.bytes());
        }
        return item;
    }

    /** Discards what was read before the last seek. */
    synchronized void forgetBeforeSeek() {
        while (!items.isEmpty() && items.getFirst().seeks() < seeks) {
            take();
        }
    }

    /**
     * Requests that offsets are committed soon.
     *
     * @param seeksBefore how many seeks had happened before the messages were read; if there were more since, nothing is
     *        committed
     */
    synchronized void commit(Map<Integer, Long> offsets, int seeksBefore) {
        if (seeksBefore == seeks) {
            toCommit.putAll(offsets);
        }
    }

    void seek(Seek to) {
        consumer.seek(to);
    }

    SourceStatus status(TopicConsumer.Settings settings, long taken, long deleted, long owed) {
        SourceProblem own = problem;
        SourceProblem known = own == null ? consumer.problem() : own;
        return new SourceStatus(null, known == null ? null : known.reason(), known,
                new TopicStatus(settings.topic(), settings.group(), consumer.partitions(), consumer.lag() + records(), taken,
                        deleted, owed, refused.count(), refused.samples(), consumer.isPaused()),
                null);
    }

    private void note(@Nullable String reason) {
        problem = SourceProblem.after(problem, reason);
    }

    /** Commits what is pending, and leaves the group. */
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
        memory.close();
    }
}
