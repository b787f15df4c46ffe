package io.freshet.stream.declared;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.freshet.stream.Streams;
import io.freshet.stream.cluster.ShardedStreams;
import io.freshet.stream.cluster.StreamCluster;
import io.freshet.stream.definition.DefinitionException;
import io.freshet.stream.definition.DefinitionReader;
import io.freshet.stream.definition.StreamDefinition;
import io.freshet.stream.engine.Stream;

/** Starts, replaces and deletes the streams that files declare. */
@ApplicationScoped
class DeclaredStreams {

    private static final Logger LOG = Logger.getLogger(DeclaredStreams.class);
    private final Streams streams;
    private final StreamCluster shared;
    private final ShardedStreams sharded;
    private final Map<String, Set<String>> fileToStreams = new HashMap<>();

    DeclaredStreams(Streams streams, StreamCluster shared, ShardedStreams sharded) {
        this.sharded = sharded;
        this.streams = streams;
        this.shared = shared;
    }

    /** Deletes the streams that none of these files declares. */
    void retain(Set<String> files) {
        fileToStreams.entrySet().removeIf(entry -> {
            boolean gone = !files.contains(entry.getKey());
            if (gone) {
                entry.getValue().forEach(this::forget);
            }
            return gone;
        });
    }

    private void forget(String stream) {
        LOG.infof("Stream deleted, because it is no longer declared: stream=%s", stream);
        sharded.deleteAll(stream);
        streams.delete(stream);
    }

    /**
     * Applies the documents of a file. Streams that belong to another instance are skipped, because that instance has the same
     * files.
     *
     * @return true if all streams of this instance are as declared
     * @throws DefinitionException if a definition is invalid, or another file declares the stream
     */
    boolean apply(String file, byte[] text) throws IOException {
        List<StreamDefinition> definitions = DefinitionReader.yaml(new String(text, StandardCharsets.UTF_8)).stream()
                .map(StreamDefinition::parse).toList();
        Set<String> names = new LinkedHashSet<>();
        for (StreamDefinition definition : definitions) {
            checkName(file, definition.name());
            if (!names.add(definition.name())) {
                throw new DefinitionException("name", "is taken: the file declares " + definition.name() + " twice");
            }
        }
        boolean done = true;
        for (StreamDefinition definition : definitions) {
            done &= apply(definition);
        }
        Set<String> before = fileToStreams.put(file, names);
        if (before != null) {
            before.stream().filter(name -> !names.contains(name)).forEach(this::forget);
        }
        return done;
    }

    private void checkName(String file, String name) {
        fileToStreams.forEach((other, streams) -> {
            if (streams.contains(name) && !other.equals(file)) {
                throw new DefinitionException("name", "is taken: " + other + " declares " + name + " already");
            }
        });
    }

    private boolean apply(StreamDefinition definition) {
        if (definition.isSharded()) {
            sharded.createIfAbsent(definition);
            return true;
        }
        String name = definition.name();
        Stream running = shared.find(name).orElse(null);
        if (running == null && !shared.isHere(definition)) {
            return false;
        }
        if (running == null) {
            shared.create(definition);
        } else {
            JsonNode wanted = begun(definition.json(), running.definition().json());
            if (!wanted.equals(running.definition().json())) {
                shared.replace(StreamDefinition.parse(wanted));
                LOG.infof("Declared stream replaced: stream=%s", name);
            }
        }
        return true;
    }

    /** Keeps the start time of a running simulation, which the declaration does not contain. */
    private static JsonNode begun(JsonNode declared, JsonNode running) {
        JsonNode start = running.at("/source/retail/start");
        if (start.isMissingNode() || !declared.at("/source/retail").isObject() || declared.at("/source/retail").has("start")) {
            return declared;
        }
        JsonNode resolved = declared.deepCopy();
        ((ObjectNode) resolved.at("/source/retail")).set("start", start);
        return resolved;
    }
}
