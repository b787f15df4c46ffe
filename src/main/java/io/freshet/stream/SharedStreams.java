package io.freshet.stream;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;

import io.freshet.sink.KafkaConnection;
import io.freshet.source.ShardGroup;
import io.freshet.store.Models;
import io.freshet.store.Shelves;
import io.freshet.store.StreamStore;
import io.freshet.store.StreamStore.SavedStream;
import io.freshet.store.StreamWishes;

/**
 * Divides the streams of a store among the instances that share it. Each stream is in a shard by its name, or that of the
 * stream it begins with, and runs where the shard is; it goes on elsewhere, from where it was, when the shard does. Where
 * nobody else shares the store, all streams are here.
 */
@ApplicationScoped
public class SharedStreams implements ShardGroup.Holder {

    private static final Logger LOG = Logger.getLogger(SharedStreams.class);
    private static final String DELETED = "deleted";
    /** A stream of a stream of a stream …; more would be a circle. */
    private static final int DEEPEST = 20;
    private static final long RETRY_NANOS = Duration.ofSeconds(10).toNanos();

    private record Root(String name, long foundAt) {
    }

    private final SharingConfig config;
    private final Streams streams;
    private final StreamStore store;
    private final StreamWishes wishes;
    private final Models models;
    private final KafkaConnection kafka;
    private final boolean shared;
    private final Set<Integer> held = ConcurrentHashMap.newKeySet();
    /** By stream: the one it begins with, as it was found last; another instance may have made it anew since. */
    private final Map<String, Root> roots = new ConcurrentHashMap<>();
    /** When it was found that a stream cannot go on, by its name. */
    private final Map<String, Long> refused = new HashMap<>();
    private final StreamTime time = StreamTime.SYSTEM;
    private @Nullable ShardGroup group;

    /**
     * @throws IllegalStateException if the store is to be shared, and there is no Kafka to divide it by
     */
    public SharedStreams(SharingConfig config, Streams streams, StreamStore store, StreamWishes wishes, Models models,
            KafkaConnection kafka, Shelves shelves) {
        this.config = config;
        this.streams = streams;
        this.store = store;
        this.wishes = wishes;
        this.models = models;
        this.kafka = kafka;
        this.shared = config.enabled().orElse(shelves.areShared() && kafka.servers().isPresent());
        if (shared && kafka.servers().isEmpty()) {
            throw new IllegalStateException("freshet.sharing.enabled needs Kafka: set KAFKA_BOOTSTRAP_SERVERS");
        }
        if (!shared && shelves.areShared()) {
            LOG.warn("Only one instance may use this store: without Kafka, several would make all records several times");
        }
    }

    /** Brings back the streams that belong here: all, or those of the shards that this instance gets. */
    public synchronized void begin() {
        if (!shared) {
            streams.restore();
        } else if (group == null) {
            group = new ShardGroup(kafka.consumerSettings(), new ShardGroup.Settings(config.topic(), config.group(),
                    config.shards(), config.takeOverAfter()), this);
            group.start();
        }
    }

    public boolean areShared() {
        return shared;
    }

    @Override
    public void gained(Set<Integer> shards) {
        held.addAll(shards);
        LOG.infof("Streams of these shards run here now: %s", shards);
        look();
    }

    @Override
    public synchronized void givingUp(Set<Integer> shards) {
        leave(shards, true);
    }

    @Override
    public synchronized void lost(Set<Integer> shards) {
        LOG.warnf("Other instances have taken these shards over: %s", shards);
        leave(shards, false);
    }

    private void leave(Set<Integer> shards, boolean kept) {
        held.removeAll(shards);
        Set<String> leaving = new HashSet<>();
        for (Stream stream : streams.list()) {
            if (!streams.isFleeting(stream.name()) && !isHeld(stream.name(), stream.definition().json())) {
                leaving.add(stream.name());
            }
        }
        streams.handOver(leaving, kept);
    }

    /** Goes on with streams that belong here and do not run yet, and does what was wished for at other instances. */
    public synchronized void look() {
        if (!shared) {
            return;
        }
        try {
            models.refresh();
            store.names().stream().filter(name -> streams.find(name).isEmpty()).forEach(this::goOn);
            wishes.all().forEach(this::fulfil);
        } catch (UncheckedIOException e) {
            LOG.warnf("What other instances did cannot be read: reason=%s", e.getMessage());
        }
    }

    private void goOn(String name) {
        Root known = roots.get(name);
        if (known != null && !isHeld(known.name()) && time.nanos() - known.foundAt() < RETRY_NANOS
                || time.nanos() - refused.getOrDefault(name, Long.MIN_VALUE / 2) < RETRY_NANOS) {
            return;
        }
        store.find(name).filter(saved -> isHeld(name, saved.definition())).ifPresent(saved -> {
            refused.remove(name);
            if (!goesOn(name, saved)) {
                refused.put(name, time.nanos());
            }
        });
    }

    /** One that is broken must not keep the others from going on. */
    private boolean goesOn(String name, SavedStream saved) {
        try {
            return streams.goOn(name, saved).isPresent();
        } catch (UncheckedIOException e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.errorf(e, "A stream cannot go on here: stream=%s", name);
            return false;
        }
    }

    private void fulfil(String name, String wish) {
        Optional<Stream> here = streams.find(name);
        if (here.isEmpty()) {
            if (store.find(name).isEmpty()) {
                wishes.fulfilled(name);
            }
            return;
        }
        if (wish.equals(DELETED)) {
            streams.delete(name);
            roots.remove(name);
        } else {
            change(here.get(), wish);
        }
        wishes.fulfilled(name);
        LOG.infof("A wish from another instance is fulfilled: stream=%s wish=%s", name, wish);
    }

    private static void change(Stream stream, String wish) {
        if (wish.equals(StreamState.PAUSED.id())) {
            stream.pause();
        } else if (wish.equals(StreamState.STOPPED.id())) {
            stream.stop();
        } else {
            stream.resume();
        }
    }

    private boolean isHeld(String name, JsonNode definition) {
        String root = root(name, definition);
        roots.put(name, new Root(root, time.nanos()));
        return isHeld(root);
    }

    private boolean isHeld(String root) {
        ShardGroup divided = group;
        return divided != null && held.contains(divided.shardOf(root));
    }

    /** A stream of a stream has to be where that is: its records are handed over in memory. */
    private String root(String name, JsonNode definition) {
        String root = name;
        JsonNode json = definition;
        for (int i = 0; i < DEEPEST && json.path("source").path("stream").isTextual(); i++) {
            root = json.path("source").path("stream").textValue();
            json = source(root);
        }
        return root;
    }

    private JsonNode source(String name) {
        return streams.find(name).map(stream -> stream.definition().json())
                .or(() -> store.find(name).map(SavedStream::definition))
                .orElse(MissingNode.getInstance());
    }

    /** Whether a stream of this definition is to run here. */
    public boolean isHere(StreamDefinition definition) {
        return !shared || isHeld(definition.name(), definition.json());
    }

    /**
     * Starts a stream, here or on the instance where its shard is; empty if that is another one, which starts it soon.
     *
     * @throws DefinitionException as {@link Streams#create}
     */
    public synchronized Optional<Stream> create(StreamDefinition definition) {
        if (!shared) {
            return Optional.of(streams.create(definition));
        }
        String name = definition.name();
        SavedStream beginning = streams.beginning(definition);
        if (streams.find(name).isPresent() || !store.saveNew(name, beginning)) {
            throw new DefinitionException("name", "is taken: there is a stream " + name + " already");
        }
        roots.remove(name);
        if (!isHere(definition)) {
            return Optional.empty();
        }
        try {
            return Optional.of(streams.create(StreamDefinition.parse(beginning.definition())));
        } catch (DefinitionException e) {
            store.delete(name);
            throw e;
        }
    }

    /** As {@link Streams#replace}, for a stream that is here. */
    synchronized void replace(StreamDefinition definition) {
        Stream stream = streams.replace(definition);
        roots.remove(stream.name());
        if (!isHere(stream.definition())) {
            streams.handOver(List.of(stream.name()), true);
        }
    }

    /** A stream that is here, or should be and is found only now. */
    public synchronized Optional<Stream> find(String name) {
        if (shared && streams.find(name).isEmpty()) {
            goOn(name);
        }
        return streams.find(name);
    }

    /** What is saved of a stream that runs on another instance. */
    public Optional<SavedStream> elsewhere(String name) {
        return shared && streams.find(name).isEmpty() ? store.find(name) : Optional.empty();
    }

    /** What is saved of all streams that run on other instances, by name. */
    public Map<String, SavedStream> elsewhere() {
        Map<String, SavedStream> others = new TreeMap<>();
        if (shared) {
            store.names().forEach(name -> elsewhere(name).ifPresent(saved -> others.put(name, saved)));
        }
        return others;
    }

    /** Has a stream that runs on another instance paused, resumed or stopped there; that takes a second. */
    public void change(String name, StreamState state) {
        wishes.make(name, state.id());
    }

    /** Has a stream that runs on another instance deleted. */
    public void delete(String name) {
        wishes.make(name, DELETED);
    }

    /** The names of the streams of all instances. */
    public List<String> names() {
        Set<String> names = new TreeSet<>(shared ? store.names() : List.of());
        streams.list().forEach(stream -> names.add(stream.name()));
        return List.copyOf(names);
    }

    /** Gives up all shards, so that other instances go on at once; the streams have ended before. */
    public void leave() {
        ShardGroup divided;
        synchronized (this) {
            divided = group;
        }
        if (divided != null) {
            divided.close();
        }
    }
}
