package io.freshet.deadletter;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;

import org.apache.kafka.common.KafkaException;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.freshet.deadletter.channel.DeadLetterChannel;
import io.freshet.deadletter.channel.DeadLetterConfig;
import io.freshet.deadletter.channel.DeadLetterPage;
import io.freshet.deadletter.channel.DeadLetterReplay;
import io.freshet.deadletter.channel.DeadLetterTopic;
import io.freshet.kafka.KafkaConnection;
import io.freshet.sink.DeadLetter;
import io.freshet.thread.ThreadKind;
import io.freshet.thread.Threads;

/**
 * Stores records that could not be delivered. They leave by a channel, to a topic unless another connector is configured. While
 * the channel does not accept them, or if it leads nowhere, they are in a folder, from which they later move to the channel,
 * oldest first. Sinks report failures on the threads of Kafka's
 * clients, which must not block. Therefore one thread writes the letters and another moves them from the folder to the topic;
 * requests of users run on their own threads. Every wait for Kafka is limited.
 */
@ApplicationScoped
public class DeadLetters implements DeadLetterQueue {

    private static final Logger LOG = Logger.getLogger(DeadLetters.class);
    private static final int MAX_AT_ONCE = 100_000;
    /** The number of letters for topics whose progress is reported together. */
    private static final int SENT_TOGETHER = 10_000;
    private static final LetterOutcome NOT_SENT = LetterOutcome.remains("Kafka does not accept it; the log says why");

    private final DeadLetterConfig config;
    private final DeadLetterStore spool;
    private final DeadLetterChannel channel;
    private final @Nullable DeadLetterTopic topic;
    private final DeadLetterReplay replay;
    private final ExecutorService writer = Threads.single(ThreadKind.DEAD_LETTERS);
    private final @Nullable SpoolDrain drain;
    private final ReentrantLock replaying = new ReentrantLock();

    /**
     * @param store the folder of models, definitions and positions; where positions survive the process, dead letters must
     *        survive it too
     */
    public DeadLetters(DeadLetterConfig config, @ConfigProperty(name = "freshet.store.folder") Optional<Path> store,
            DeadLetterChannel channel, KafkaConnection connection) {
        this.config = config;
        this.spool = new DeadLetterStore(config.folder().or(() -> store.map(path -> path.resolve("dead-letters"))),
                config.mostBytes());
        this.replay = new DeadLetterReplay(connection, config.timeout());
        this.channel = channel;
        this.topic = channel.topic().orElse(null);
        this.drain = channel.isOpen() ? SpoolDrain.start(channel, spool, config.drainEvery()) : null;
    }

    @Override
    public CompletionStage<Void> publish(List<DeadLetter> letters) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        writer.execute(() -> {
            try {
                write(letters);
                done.complete(null);
            } catch (IOException | RuntimeException e) {
                done.completeExceptionally(e);
            }
        });
        return done;
    }

    private void write(List<DeadLetter> letters) throws IOException {
        Optional<DeadLetterSpool> spooled = spool.find();
        if (!channel.isOpen() || spooled.isPresent() && !spooled.get().isEmpty()) {
            spool.open().add(letters);
            return;
        }
        List<DeadLetter> tooLarge;
        try {
            tooLarge = channel.send(letters);
        } catch (IOException e) {
            LOG.warnf("Dead letters spooled to disk: letters=%d reason=%s", letters.size(), e.getMessage());
            spool.open().add(letters);
            return;
        }
        if (!tooLarge.isEmpty()) {
            LOG.warnf("Dead letters are too large for their topic and stay on disk: topic=%s letters=%d", config.topic(),
                    tooLarge.size());
            spool.open().addOnHold(tooLarge);
        }
    }

    /**
     * Returns the letters that match, oldest first.
     *
     * @param max the maximum number of letters; fewer are returned if they are large
     * @throws UncheckedIOException if Kafka does not answer or the disk fails
     */
    public List<DeadLetter> find(DeadLetterFilter filter, int max) {
        return reached(() -> all(filter::matches, max));
    }

    /**
     * Returns the latest letters that match, newest first.
     *
     * @param max the maximum number of letters; fewer are returned if they are large
     * @throws UncheckedIOException if Kafka does not answer or the disk fails
     */
    public List<DeadLetter> newest(DeadLetterFilter filter, int max) {
        return reached(() -> all(() -> DeadLetterPage.newest(filter::matches, max)));
    }

    /**
     * Counts the letters that match, by stream and failure code.
     *
     * @throws UncheckedIOException if Kafka does not answer or the disk fails
     */
    public List<DeadLetterCount> count(DeadLetterFilter filter) {
        Map<String, DeadLetterCount> counts = new TreeMap<>();
        Set<String> counted = new HashSet<>();
        reached(() -> all(letter -> {
            if (filter.matches(letter) && counted.add(letter.id())) {
                DeadLetterCount one = DeadLetterCount.of(letter);
                counts.merge(one.stream() + ' ' + one.code(), one, DeadLetterCount::plus);
            }
            // none is collected, so the number of letters is not limited by their size
            return false;
        }, 1));
        return List.copyOf(counts.values());
    }

    private List<DeadLetter> all(Predicate<DeadLetter> wanted, int max) throws IOException {
        return all(() -> new DeadLetterPage(wanted, max));
    }

    private List<DeadLetter> all(Supplier<DeadLetterPage> pages) throws IOException {
        // the folder first: letters that move to the topic in the meantime are found there
        DeadLetterPage spooled = pages.get();
        Optional<DeadLetterSpool> files = spool.find();
        if (files.isPresent()) {
            files.get().find(spooled);
        }
        DeadLetterPage found = pages.get();
        if (topic != null) {
            topic.find(found);
        }
        spooled.letters().stream().sorted(Comparator.comparing(letter -> letter.cause().time())).forEach(found::add);
        return found.letters();
    }

    /**
     * Delivers letters again and deletes those that arrived.
     *
     * @param others delivers letters of sinks other than Kafka topics
     * @param progress counts the letters while they are delivered
     * @return the number of delivered letters
     * @throws UncheckedIOException if another replay is running, if Kafka does not answer, or if letters for topics matched and
     *         no letter arrived
     */
    public int replay(DeadLetterFilter filter, LetterDelivery others, ReplayProgress progress) {
        if (!replaying.tryLock()) {
            throw new UncheckedIOException(new IOException("another replay is running"));
        }
        try {
            return reached(() -> replayAll(filter, others, progress));
        } finally {
            replaying.unlock();
        }
    }

    private int replayAll(DeadLetterFilter filter, LetterDelivery others, ReplayProgress progress) throws IOException {
        Predicate<DeadLetter> wanted = known(filter);
        Set<String> tried = new HashSet<>();
        int arrived = 0;
        int failedTopics = 0;
        List<DeadLetter> found;
        do {
            found = all(letter -> wanted.test(letter) && !tried.contains(letter.id()), MAX_AT_ONCE);
            found.forEach(letter -> tried.add(letter.id()));
            progress.found(found.size());
            Map<Boolean, List<DeadLetter>> parts = found.stream().collect(
                    Collectors.partitioningBy(letter -> topic != null && letter.isMessage()));
            List<DeadLetter> asTheyAre = parts.getOrDefault(true, List.of());
            List<DeadLetter> delivered = new ArrayList<>(toTopics(asTheyAre, progress));
            failedTopics += asTheyAre.size() - delivered.size();
            parts.getOrDefault(false, List.of()).stream().filter(letter -> isSettled(others.deliver(letter), progress))
                    .forEach(delivered::add);
            arrived += take(delivered);
        } while (!found.isEmpty());
        if (arrived == 0 && failedTopics > 0) {
            throw new IOException("no dead letter was delivered; " + failedTopics + " failed");
        }
        return arrived;
    }

    /** Sends letters to the topics that they were meant for, part by part, so that the progress is seen. */
    private List<DeadLetter> toTopics(List<DeadLetter> letters, ReplayProgress progress) {
        List<DeadLetter> arrived = new ArrayList<>();
        for (int from = 0; from < letters.size(); from += SENT_TOGETHER) {
            List<DeadLetter> part = letters.subList(from, Math.min(letters.size(), from + SENT_TOGETHER));
            List<DeadLetter> sent = replay.send(part);
            for (int i = 0; i < part.size(); i++) {
                progress.add(i < sent.size() ? LetterOutcome.DELIVERED : NOT_SENT);
            }
            arrived.addAll(sent);
        }
        return arrived;
    }

    private static boolean isSettled(LetterOutcome outcome, ReplayProgress progress) {
        progress.add(outcome);
        return outcome.isSettled();
    }

    /** Limits a filter to the letters that exist now, because redelivered records may be rejected again. */
    private static Predicate<DeadLetter> known(DeadLetterFilter filter) {
        Instant now = Instant.now();
        return letter -> filter.matches(letter) && !letter.cause().time().isAfter(now);
    }

    /**
     * Deletes letters without delivering them.
     *
     * @return the number of deleted letters
     * @throws UncheckedIOException if Kafka does not answer or the disk fails
     */
    public int purge(DeadLetterFilter filter) {
        return reached(() -> {
            Predicate<DeadLetter> wanted = known(filter);
            int taken = 0;
            List<DeadLetter> found;
            do {
                found = all(wanted, MAX_AT_ONCE);
                taken += take(found);
            } while (!found.isEmpty());
            return taken;
        });
    }

    /**
     * Deletes letters from the folder and the topic.
     *
     * @return the number of deleted letters
     */
    private int take(List<DeadLetter> letters) throws IOException {
        if (letters.isEmpty()) {
            return 0;
        }
        Set<String> ids = new HashSet<>();
        letters.forEach(letter -> ids.add(letter.id()));
        Predicate<DeadLetter> unwanted = letter -> ids.contains(letter.id());
        if (drain == null) {
            spool.open().remove(unwanted);
        } else {
            // before the topic, so that none of them moves there afterwards
            drain.remove(unwanted);
        }
        if (topic != null) {
            topic.remove(letters);
        }
        return letters.size();
    }

    /** Returns the number of bytes in the folder. */
    public long spilledBytes() {
        return spool.bytes();
    }

    /** Returns how many letters in the folder are too large for the topic. */
    public int tooLargeForTopic() {
        return spool.onHold();
    }

    private static <T> T reached(Callable<T> work) {
        try {
            return work.call();
        } catch (RuntimeException e) {
            throw e instanceof KafkaException ? new UncheckedIOException(new IOException(e)) : e;
        } catch (Exception e) {
            throw new UncheckedIOException(e instanceof IOException failure ? failure : new IOException(e));
        }
    }

    @PreDestroy
    void stop() {
        writer.shutdown();
        try {
            if (!writer.awaitTermination(config.timeout().toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("Dead letters are still being written at shutdown");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (drain != null) {
            drain.close();
        }
        spool.close();
    }

    /** Redelivers one letter to its sink. */
    public interface LetterDelivery {

        LetterOutcome deliver(DeadLetter letter);
    }
}
