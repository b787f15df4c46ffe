package io.freshet.stream.cluster;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.freshet.store.StreamStore.SavedStream;
import io.freshet.stream.FailedStream;
import io.freshet.stream.StreamConflictException;
import io.freshet.stream.StreamRegistry;
import io.freshet.stream.Streams;
import io.freshet.stream.cluster.ShardedStream.ShardView;
import io.freshet.stream.definition.Shard;
import io.freshet.stream.definition.StreamDefinition;
import io.freshet.stream.engine.OwnPositions;
import io.freshet.stream.engine.Stream;
import io.freshet.stream.health.AlertConfig;
import io.freshet.stream.health.StreamHealth;

/**
 * Streams that are divided into shards. Each shard runs, is saved and moves between instances like a stream of its own;
 * this class gives all shards of a stream one face.
 */
@ApplicationScoped
public class ShardedStreams {

    private static final Logger LOG = Logger.getLogger(ShardedStreams.class);

    private final Streams streams;
    private final StreamCluster cluster;
    private final StreamReports reports;

    public ShardedStreams(Streams streams, StreamCluster cluster, StreamReports reports) {
        this.reports = reports;
        this.streams = streams;
        this.cluster = cluster;
    }

    /**
     * Starts all shards of a stream, each on the instance that it is assigned to, or none.
     *
     * @throws io.freshet.stream.definition.DefinitionException as {@link Streams#create}
     * @throws io.freshet.stream.StreamConflictException if the name is taken
     */
    public ShardedStream create(StreamDefinition definition) {
        String name = definition.name();
        if (cluster.names().contains(name)) {
            throw StreamRegistry.taken(name);
        }
        SavedStream whole = streams.check(definition);
        StreamDefinition wanted = StreamDefinition.parse(whole.definition());
        List<String> made = new ArrayList<>();
        try {
            // the first shard reserves the name
            for (int shard = 0; shard < wanted.shards(); shard++) {
                cluster.createShard(wanted.ofShard(shard), whole.run());
                made.add(Shard.name(name, shard));
            }
        } catch (RuntimeException e) {
            made.forEach(this::delete);
            throw e;
        }
        return find(name).orElseThrow();
    }

    /** Starts a declared stream, unless it exists, or another instance with the same declaration is faster. */
    public void createIfAbsent(StreamDefinition definition) {
        if (find(definition.name()).isEmpty()) {
            try {
                create(definition);
            } catch (StreamConflictException e) {
                LOG.debugf("Another instance starts the stream: stream=%s", definition.name());
            }
        }
    }

    /** Deletes all shards of a stream. */
    public void deleteAll(String name) {
        shards(name).forEach(this::delete);
    }

    /**
     * Returns the health of the whole. Alerts name the shard in front of the sink, stage or column that they are about.
     *
     * @return empty if there is no such stream
     */
    public Optional<StreamHealth> health(String name, AlertConfig config) {
        List<String> parts = shards(name);
        List<StreamHealth.Alert> alerts = parts.stream().flatMap(part -> health(part, streams.find(part), config).stream()
                .flatMap(health -> health.alerts().stream()).map(alert -> alert.of(part))).toList();
        return parts.isEmpty() ? Optional.empty()
                : Optional.of(new StreamHealth(name, alerts.isEmpty() ? "healthy" : "degraded", alerts));
    }

    private Optional<StreamHealth> health(String part, Optional<Stream> here, AlertConfig config) {
        return here.map(stream -> StreamHealth.of(stream, config))
                .or(() -> reports.find(part).map(StreamReports.Report::health));
    }

    /** Deletes a shard, wherever it runs. */
    private void delete(String shard) {
        if (!streams.delete(shard)) {
            cluster.delete(shard);
        }
    }

    /** Returns the names of all shards of a stream, the first one last; empty if there is no such stream. */
    public List<String> shards(String name) {
        return find(name).map(stream -> stream.shards().stream().map(shard -> Shard.name(name, shard.shard()))
                .sorted(Comparator.comparingInt(Shard::indexOf).reversed()).toList()).orElse(List.of());
    }

    /** Returns the names of all divided streams. */
    public Set<String> names() {
        Set<String> names = new TreeSet<>();
        cluster.names().forEach(name -> Shard.streamOf(name).ifPresent(names::add));
        streams.failed().forEach(failed -> Shard.streamOf(failed.name()).ifPresent(names::add));
        return names;
    }

    /** Returns a divided stream; empty if there is none of this name. */
    public Optional<ShardedStream> find(String name) {
        Set<JsonNode> definitions = new LinkedHashSet<>();
        List<ShardView> views = IntStream.range(0, count(name)).mapToObj(shard -> view(name, shard, definitions))
                .filter(Objects::nonNull).toList();
        return definitions.stream().findFirst()
                .map(json -> new ShardedStream(name, ((ObjectNode) json.deepCopy()).put("name", name), views));
    }

    private int count(String name) {
        if (streams.find(name).isPresent()) {
            // most streams have no shards, and need not be looked up in the store
            return 0;
        }
        return streams.shards(name).stream().findFirst().map(stream -> stream.definition().shards())
                .or(() -> cluster.elsewhere(Shard.name(name, 0)).filter(saved -> !saved.isCorrupt())
                        .map(saved -> StreamDefinition.parseSaved(saved.definition()).shards()))
                .orElse(0);
    }

    private @Nullable ShardView view(String name, int shard, Set<JsonNode> definitions) {
        String part = Shard.name(name, shard);
        Stream here = streams.find(part).orElse(null);
        if (here != null) {
            definitions.add(here.definition().json());
            return new ShardView(shard, here.state().id(), here.position(),
                    OwnPositions.of(here.definition()).before(here.position()), true, here.statistics(), here.error());
        }
        FailedStream failed = streams.findFailed(part).orElse(null);
        if (failed != null) {
            return new ShardView(shard, "failed", 0, 0, true, null, failed.reason());
        }
        return cluster.elsewhere(part).filter(saved -> !saved.isCorrupt()).map(saved -> {
            definitions.add(saved.definition());
            long records = OwnPositions.of(StreamDefinition.parseSaved(saved.definition())).before(saved.position());
            return new ShardView(shard, saved.state(), saved.position(), records, false,
                    reports.find(part).map(StreamReports.Report::statistics).orElse(null), saved.error());
        }).orElse(null);
    }
}
