package io.freshet.stream;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;

/** Starts, replaces and deletes the streams that files declare. */
@ApplicationScoped
class DeclaredStreams {

    private static final Logger LOG = Logger.getLogger(DeclaredStreams.class);
    /** Reads JSON as well. */
    private static final YAMLMapper YAML = new YAMLMapper();

    private final Streams streams;
    private final SharedStreams shared;
    private final Map<String, String> fileToStream = new HashMap<>();

    DeclaredStreams(Streams streams, SharedStreams shared) {
        this.streams = streams;
        this.shared = shared;
    }

    /** Deletes the streams of other files than these. */
    void retain(Set<String> files) {
        fileToStream.entrySet().removeIf(entry -> {
            boolean gone = !files.contains(entry.getKey());
            if (gone) {
                forget(entry.getValue());
            }
            return gone;
        });
    }

    private void forget(String stream) {
        LOG.infof("A stream is no longer declared: stream=%s", stream);
        streams.delete(stream);
    }

    /**
     * Makes the stream what the file says, unless it belongs to another instance, which has the same files.
     *
     * @return whether that is done
     * @throws DefinitionException if there is a mistake, or another file declares it
     */
    boolean apply(String file, byte[] text) throws IOException {
        StreamDefinition definition = StreamDefinition.parse(read(text));
        String name = definition.name();
        fileToStream.forEach((other, stream) -> {
            if (stream.equals(name) && !other.equals(file)) {
                throw new DefinitionException("name", "is taken: " + other + " declares " + name + " already");
            }
        });
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
                LOG.infof("A declared stream was replaced: stream=%s", name);
            }
        }
        String before = fileToStream.put(file, name);
        if (before != null && !before.equals(name)) {
            forget(before);
        }
        return true;
    }

    private static JsonNode read(byte[] text) throws IOException {
        try {
            return YAML.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IOException("cannot be read: " + e.getOriginalMessage(), e);
        }
    }

    /** A simulation that is running also knows when it began; that stays. */
    private static JsonNode begun(JsonNode declared, JsonNode running) {
        JsonNode start = running.at("/source/retail/start");
        if (start.isMissingNode() || !declared.at("/source/retail").isObject() || declared.at("/source/retail").has("start")) {
            return declared;
        }
        JsonNode begun = declared.deepCopy();
        ((ObjectNode) begun.at("/source/retail")).set("start", start);
        return begun;
    }
}
