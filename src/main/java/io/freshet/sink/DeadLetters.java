package io.freshet.sink;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;

import org.apache.kafka.common.KafkaException;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The records that could not be delivered. They are on a topic; while Kafka is down, or where there is none, in a folder, from
 * where they come to the topic later, the oldest first. All work is done by one thread of its own: the threads that bring
 * letters are those of Kafka's clients, which must not wait for Kafka.
 */
@ApplicationScoped
public class DeadLetters implements DeadLetterKeeper {

    private static final Logger LOG = Logger.getLogger(DeadLetters.class);
    private static final int MOST_AT_ONCE = 100_000;
    /** How sinks are called that have no name of their own, and what comes of the source. */
    private static final Pattern KAFKA = Pattern.compile("kafka(-source)?(-[0-9]+)?");

    private final DeadLetterConfig config;
    private final Optional<Path> folder;
    private final @Nullable DeadLetterTopic topic;
    private final ScheduledExecutorService worker = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "dead-letters");
        thread.setDaemon(true);
        return thread;
    });
    private final Object replaying = new Object();
    private @Nullable DeadLetterSpill spill;
    private volatile long spilledBytes;

    /**
     * @param store the folder of models, definitions and positions: where positions outlive the process, letters must too
     */
    public DeadLetters(DeadLetterConfig config, @ConfigProperty(name = "freshet.store.folder") Optional<Path> store,
            KafkaProducers kafka, KafkaConnection connection) {
        this.config = config;
        this.folder = config.folder().or(() -> store.map(path -> path.resolve("dead-letters")));
        this.topic = connection.servers().isEmpty() ? null
                : new DeadLetterTopic(kafka, connection, config.topic(), config.timeout());
        if (topic != null) {
            long every = config.drainEvery().toMillis();
            worker.scheduleWithFixedDelay(this::drain, every, every, TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public CompletionStage<Void> keep(List<DeadLetter> letters) {
        return work(() -> {
            DeadLetterTopic to = topic;
            if (to == null || !spill().isEmpty()) {
                spill(letters);
                return null;
            }
            try {
                to.add(letters);
            } catch (KafkaException e) {
                LOG.warnf("Dead letters are spilled to disk: letters=%d reason=%s", letters.size(), e.getMessage());
                spill(letters);
            }
            return null;
        });
    }

    /**
     * The letters that match, oldest first.
     *
     * @param most how many; fewer are found if they are large
     */
    public List<DeadLetter> find(DeadLetterFilter filter, int most) {
        return await(work(() -> all(filter::matches, most)));
    }

    private List<DeadLetter> all(Predicate<DeadLetter> wanted, int most) throws IOException {
        FoundLetters found = new FoundLetters(wanted, most);
        if (topic != null) {
            topic.find(found);
        }
        spill().find(found);
        return found.letters();
    }

    /**
     * Delivers letters again and takes away those that arrived.
     *
     * @param others delivers letters of sinks that are no Kafka topic; says which ones arrived
     * @return how many were delivered
     */
    public int replay(DeadLetterFilter filter, LetterDelivery others) {
        synchronized (replaying) {
            Predicate<DeadLetter> wanted = known(filter);
            Set<String> tried = new HashSet<>();
            int arrived = 0;
            List<DeadLetter> found;
            do {
                found = await(work(() -> all(letter -> wanted.test(letter) && !tried.contains(letter.id()), MOST_AT_ONCE)));
                found.forEach(letter -> tried.add(letter.id()));
                arrived += replay(found, others);
            } while (!found.isEmpty());
            return arrived;
        }
    }

    /** Those that match and are there by now: what comes of them may be refused again. */
    private static Predicate<DeadLetter> known(DeadLetterFilter filter) {
        Instant now = Instant.now();
        return letter -> filter.matches(letter) && !letter.cause().time().isAfter(now);
    }

    private int replay(List<DeadLetter> letters, LetterDelivery others) {
        Map<Boolean, List<DeadLetter>> parts = letters.stream().collect(Collectors.partitioningBy(this::goesAsItIs));
        List<DeadLetter> asTheyAre = parts.getOrDefault(true, List.of());
        await(work(() -> {
            if (topic != null) {
                topic.replay(asTheyAre);
            }
            return take(asTheyAre);
        }));
        // not by the thread that keeps letters: a sink may wait for it
        List<DeadLetter> delivered = parts.getOrDefault(false, List.of()).stream().filter(others::deliver).toList();
        return asTheyAre.size() + await(work(() -> take(delivered)));
    }

    /** Whether its bytes are those of the message, and known to be for a topic; whose schema was refused lacks the id of it. */
    private boolean goesAsItIs(DeadLetter letter) {
        return topic != null && KAFKA.matcher(letter.address().sink()).matches()
                && !SchemaRegistry.RefusedException.isReason(letter.cause().reason());
    }

    /** Takes letters away without delivering them; how many those were. */
    public int purge(DeadLetterFilter filter) {
        return await(work(() -> {
            Predicate<DeadLetter> wanted = known(filter);
            int taken = 0;
            List<DeadLetter> found;
            do {
                found = all(wanted, MOST_AT_ONCE);
                taken += take(found);
            } while (!found.isEmpty());
            return taken;
        }));
    }

    /** How many those were. */
    private int take(List<DeadLetter> letters) throws IOException {
        if (letters.isEmpty()) {
            return 0;
        }
        Set<String> ids = new HashSet<>();
        letters.forEach(letter -> ids.add(letter.id()));
        if (topic != null) {
            topic.remove(letters);
        }
        spill().remove(letter -> ids.contains(letter.id()));
        spilledBytes = spill().bytes();
        return letters.size();
    }

    /** How many bytes wait in the folder. */
    public long spilledBytes() {
        return spilledBytes;
    }

    private void drain() {
        DeadLetterTopic to = topic;
        if (to == null) {
            return;
        }
        try {
            while (!spill().isEmpty()) {
                List<DeadLetter> oldest = spill().oldest();
                to.add(oldest);
                spill().removeOldest();
                spilledBytes = spill().bytes();
                LOG.infof("Spilled dead letters reached Kafka: letters=%d left=%d bytes", oldest.size(), spilledBytes);
            }
        } catch (IOException | RuntimeException e) {
            LOG.debugf("Spilled dead letters stay on disk: reason=%s", e.getMessage());
        }
    }

    private void spill(List<DeadLetter> letters) throws IOException {
        spill().add(letters);
        spilledBytes = spill().bytes();
    }

    private DeadLetterSpill spill() throws IOException {
        DeadLetterSpill open = spill;
        if (open == null) {
            Path place = folder.isPresent() ? folder.get() : Files.createTempDirectory("freshet-dead-letters-");
            open = DeadLetterSpill.open(place, config.mostBytes());
            spill = open;
            spilledBytes = open.bytes();
        }
        return open;
    }

    private <T> CompletableFuture<T> work(Callable<T> work) {
        CompletableFuture<T> done = new CompletableFuture<>();
        worker.execute(() -> {
            try {
                done.complete(work.call());
            } catch (Exception e) {
                done.completeExceptionally(e);
            }
        });
        return done;
    }

    private static <T> T await(CompletableFuture<T> work) {
        try {
            return work.join();
        } catch (java.util.concurrent.CompletionException e) {
            throw new UncheckedIOException(new IOException(String.valueOf(e.getCause()), e.getCause()));
        }
    }

    @PreDestroy
    void stop() {
        worker.shutdown();
    }

    /** Delivers one letter to the sink it was meant for. */
    public interface LetterDelivery {

        /** Whether it arrived. */
        boolean deliver(DeadLetter letter);
    }
}
