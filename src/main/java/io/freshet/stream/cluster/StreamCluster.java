package io.freshet.stream.cluster;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.databind.JsonNode;

import io.freshet.kafka.KafkaConnection;
import io.freshet.kafka.SlotGroup;
import io.freshet.store.BlobStores;
import io.freshet.store.Models;
import io.freshet.store.RemoteCommands;
import io.freshet.store.StreamStore;
import io.freshet.store.StreamStore.SavedStream;
import io.freshet.stream.StreamRegistry;
import io.freshet.stream.Streams;
import io.freshet.stream.definition.DefinitionException;
import io.freshet.stream.definition.Shard;
import io.freshet.stream.definition.StreamDefinition;
import io.freshet.stream.delivery.StreamTime;
import io.freshet.stream.engine.Stream;
import io.freshet.stream.engine.StreamState;
import io.freshet.thread.ThreadKind;
import io.freshet.thread.Threads;

/**
 * Divides the streams of a store among the instances that share it. A hash of a stream's name, or of the name of the stream
 * that it ultimately reads, selects its slot. The stream runs on the instance that holds the slot, and resumes elsewhere from
 * its position when the slot moves. If no other instance shares the store, all streams run here.
 */
@ApplicationScoped
public class StreamCluster implements SlotGroup.Holder {

    private static final Logger LOG = Logger.getLogger(StreamCluster.class);
    private static final String DELETED = "deleted";
    private static final long RETRY_NANOS = Duration.ofSeconds(10).toNanos();

    private final ClusterConfig config;
    private final Streams streams;
    private final StreamStore store;
    private final RemoteCommands commands;
    private final Models models;
    private final KafkaConnection kafka;
    private final boolean shared;
    private final Set<Integer> assigned = ConcurrentHashMap.newKeySet();
    private final StreamRoots roots;
    /** When it was found that a stream cannot be resumed, by its name. */
    private final Map<String, Long> refused = new ConcurrentHashMap<>();
    /** The names of streams that this instance has saved but not started yet. */
    private final Set<String> creating = ConcurrentHashMap.newKeySet();
    /** The names of streams that are being deleted. A deletion takes as long as the sinks need to drain. */
    private final Set<String> deleting = ConcurrentHashMap.newKeySet();
    private final StreamTime time = StreamTime.SYSTEM;
    private @Nullable SlotGroup group;

    /** @throws IllegalStateException if the store is to be shared, but Kafka is not configured, which divides the streams */
    public StreamCluster(ClusterConfig config, Streams streams, StreamStore store, RemoteCommands commands, Models models,
            KafkaConnection kafka, BlobStores blobStores) {
        this.config = config;
        this.streams = streams;
        this.store = store;
        this.roots = new StreamRoots(streams, store, time);
        this.commands = commands;
        this.models = models;
        this.kafka = kafka;
        this.shared = config.enabled().orElse(blobStores.areShared() && kafka.servers().isPresent());
        if (shared && kafka.servers().isEmpty()) {
            throw new IllegalStateException("freshet.sharing.enabled requires Kafka; set KAFKA_BOOTSTRAP_SERVERS");
        }
        if (shared) {
            // it is not claimed back at once, because the group is about to decide which instance runs it
            streams.whenTakenOver(stream -> refused.put(stream.name(), time.nanos()));
        }
        if (!shared && blobStores.areShared()) {
            LOG.warn("Only one instance may use this store: without Kafka, each instance would run all streams");
        }
    }

    /** Restores the streams that run on this instance: all, or those of the slots that are assigned to it. */
    public synchronized void begin() {
        if (!shared) {
            streams.restore();
        } else if (group == null) {
            group = new SlotGroup(kafka.consumerSettings(), new SlotGroup.Settings(config.topic(), config.group(),
                    config.slots(), config.takeOverAfter(), config.instance(), config.protocol()), this);
            group.start();
        }
    }

    public boolean isShared() {
        return shared;
    }

    @Override
    public void gained(Set<Integer> slots) {
        assigned.addAll(slots);
        LOG.infof("Slots assigned; their streams run on this instance: %s", slots);
        reconcile();
    }

    @Override
    public void givingUp(Set<Integer> slots) {
        leave(slots, true);
    }

    @Override
    public void lost(Set<Integer> slots) {
        LOG.warnf("Slots taken over by other instances: %s", slots);
        leave(slots, false);
    }

    private void leave(Set<Integer> slots, boolean savePositions) {
        assigned.removeAll(slots);
        Set<String> leaving = new HashSet<>();
        for (Stream stream : streams.list()) {
            if (!streams.isTransient(stream.name()) && !isAssigned(stream.name(), stream.definition().json())) {
                leaving.add(stream.name());
            }
        }
        streams.transfer(leaving, savePositions);
    }

    /**
     * Starts the streams of this instance that do not run yet, and carries out the requests that other instances have received.
     */
    public void reconcile() {
        if (!shared) {
            return;
        }
        try {
            models.refresh();
            store.names().stream().filter(name -> streams.find(name).isEmpty()).forEach(this::resume);
            commands.all().forEach(this::apply);
        } catch (UncheckedIOException e) {
            LOG.warnf("Changes of other instances could not be read: reason=%s", e.getMessage());
        }
    }

    private void resume(String name) {
        // an instance that the group has not heard of may have been assigned slots that others hold by now
        if (!isInContact() || roots.recent(name, RETRY_NANOS).filter(root -> !isAssigned(root)).isPresent()
                || time.nanos() - refused.getOrDefault(name, Long.MIN_VALUE / 2) < RETRY_NANOS || creating.contains(name)
                || deleting.contains(name)) {
            return;
        }
        store.find(name).filter(saved -> isAssigned(name, saved.definition())).ifPresent(saved -> {
            refused.remove(name);
            streams.resume(name).ifPresentOrElse(this::keepIfAssigned, () -> refused.put(name, time.nanos()));
        });
    }

    /** Releases the stream again if the slot has moved while the stream started. */
    private void keepIfAssigned(Stream stream) {
        if (!isHere(stream.definition())) {
            streams.transfer(List.of(stream.name()), true);
        }
    }

    private void apply(String name, String request) {
        Optional<Stream> here = streams.find(name);
        if (here.isEmpty() && streams.findFailed(name).isEmpty()) {
            if (store.find(name).isEmpty()) {
                commands.applied(name);
            }
            return;
        }
        if (request.equals(DELETED)) {
            if (deleting.add(name)) {
                Threads.create(ThreadKind.DELETE, name, () -> deleteAsCommanded(name)).start();
            }
            return;
        }
        here.ifPresent(stream -> change(stream, request));
        commands.applied(name);
        LOG.infof("Request from another instance carried out: stream=%s state=%s", name, request);
    }

    private void deleteAsCommanded(String name) {
        try {
            streams.delete(name);
            roots.forget(name);
            commands.applied(name);
            LOG.infof("Stream deleted at the request of another instance: stream=%s", name);
        } catch (UncheckedIOException e) {
            LOG.warnf("Stream could not be deleted yet: stream=%s reason=%s", name, e.getMessage());
        } finally {
            deleting.remove(name);
        }
    }

    private static void change(Stream stream, String request) {
        if (request.equals(StreamState.PAUSED.id())) {
            stream.pause();
        } else if (request.equals(StreamState.STOPPED.id())) {
            stream.stop();
        } else {
            stream.resume();
        }
    }

    private boolean isInContact() {
        SlotGroup divided = group;
        return divided != null && divided.isInContact();
    }

    private boolean isAssigned(String name, JsonNode definition) {
        return isAssigned(roots.find(name, definition));
    }

    private boolean isAssigned(String root) {
        SlotGroup divided = group;
        return divided != null && assigned.contains(Shard.streamOf(root)
                .map(stream -> divided.slotOf(stream, Shard.indexOf(root))).orElseGet(() -> divided.slotOf(root)));
    }

    /** Returns whether a stream with this definition is to run here. */
    public boolean isHere(StreamDefinition definition) {
        return !shared || isAssigned(definition.name(), definition.json());
    }

    /**
     * Starts a stream here, or asks the instance that holds its slot to start it.
     *
     * @return the stream; empty if it runs on another instance, which starts it soon
     * @throws DefinitionException as {@link Streams#create}
     */
    public Optional<Stream> create(StreamDefinition definition) {
        return shared ? create(definition, () -> streams.check(definition)) : Optional.of(streams.create(definition));
    }

    /** Starts a shard as {@link #create} does; its run is that of the whole stream, so that the ids of records are the same. */
    Optional<Stream> createShard(StreamDefinition shard, String run) {
        return shared ? create(shard, () -> Streams.beginning(shard, run)) : Optional.of(streams.create(shard, run));
    }

    private Optional<Stream> create(StreamDefinition definition, Supplier<SavedStream> beginning) {
        String name = definition.name();
        if (!creating.add(name)) {
            throw StreamRegistry.taken(name);
        }
        try {
            return createShared(name, beginning.get(), definition);
        } finally {
            creating.remove(name);
        }
    }

    private Optional<Stream> createShared(String name, SavedStream beginning, StreamDefinition definition) {
        if (streams.find(name).isPresent() || !store.saveNew(name, beginning)) {
            throw StreamRegistry.taken(name);
        }
        roots.forget(name);
        if (!isHere(definition)) {
            return Optional.empty();
        }
        try {
            Stream stream = streams.createSaved(beginning);
            keepIfAssigned(stream);
            return Optional.of(stream);
        } catch (RuntimeException e) {
            streams.deleteHalfMade(name, e);
            throw e;
        }
    }

    /** Replaces the definition of a stream of this instance, as {@link Streams#replace} does. */
    public void replace(StreamDefinition definition) {
        Stream stream = streams.replace(definition);
        roots.forget(stream.name());
        keepIfAssigned(stream);
    }

    /** Returns a stream of this instance; resumes it first if it should run here but does not yet. */
    public Optional<Stream> find(String name) {
        if (shared && streams.find(name).isEmpty()) {
            resume(name);
        }
        return streams.find(name);
    }

    /** Returns the saved entry of a stream that runs on another instance. */
    public Optional<SavedStream> elsewhere(String name) {
        return shared && streams.find(name).isEmpty() ? store.find(name) : Optional.empty();
    }

    /** Returns the saved entries of all streams that run on other instances, by name. */
    public Map<String, SavedStream> elsewhere() {
        Map<String, SavedStream> others = new TreeMap<>();
        if (shared) {
            store.names().forEach(name -> elsewhere(name).ifPresent(saved -> others.put(name, saved)));
        }
        return others;
    }

    /** Asks the instance that runs a stream to pause, resume or stop it; this takes about a second. */
    public void change(String name, StreamState state) {
        commands.send(name, state.id());
    }

    /** Asks the instance that runs a stream to delete it. */
    public void delete(String name) {
        commands.send(name, DELETED);
    }

    /** Returns the names of the streams of all instances. */
    public List<String> names() {
        Set<String> names = new TreeSet<>(shared ? store.names() : List.of());
        streams.list().forEach(stream -> names.add(stream.name()));
        return List.copyOf(names);
    }

    /**
     * Gives up all slots, so that other instances can resume their streams at once; the streams of this instance must have
     * ended.
     */
    public void leave() {
        SlotGroup divided;
        synchronized (this) {
            divided = group;
        }
        if (divided != null) {
            divided.close();
        }
    }
}
