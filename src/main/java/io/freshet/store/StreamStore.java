package io.freshet.store;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** Stream definitions, positions and states that outlive the process, where a folder is configured; else it keeps nothing. */
@ApplicationScoped
public class StreamStore {

    private static final Logger LOG = Logger.getLogger(StreamStore.class);
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /**
     * What is kept of a stream.
     *
     * @param definition as it was given
     * @param position the index of the next record
     * @param state its state's name
     * @param bookmark what lets its source find the position fast; null if it needs nothing
     */
    public record SavedStream(JsonNode definition, long position, String state, @Nullable String bookmark) {
    }

    private final @Nullable Folder folder;
    /** What is in the folder, so that what has not changed is not written again. */
    private final Map<String, SavedStream> written = new ConcurrentHashMap<>();

    public StreamStore(StoreConfig config) {
        folder = config.folder().map(path -> Folder.of(path.resolve("streams"), ".json")).orElse(null);
    }

    public void save(String name, SavedStream stream) {
        if (folder != null && !stream.equals(written.get(name))) {
            folder.write(name, out -> MAPPER.writeValue(out, MAPPER.createObjectNode().put("position", stream.position())
                    .put("state", stream.state()).put("bookmark", stream.bookmark()).set("definition", stream.definition())));
            written.put(name, stream);
        }
    }

    public void delete(String name) {
        if (folder != null) {
            written.remove(name);
            folder.delete(name);
        }
    }

    /** All saved streams, by name. */
    public Map<String, SavedStream> load() {
        Map<String, SavedStream> streams = new LinkedHashMap<>();
        if (folder != null) {
            for (String name : folder.names()) {
                try {
                    JsonNode file = MAPPER.readTree(folder.file(name).toFile());
                    streams.put(name, new SavedStream(file.path("definition"), file.path("position").asLong(),
                            file.path("state").asText(), file.path("bookmark").textValue()));
                } catch (IOException e) {
                    LOG.errorf("A stream was not restored: stream=%s reason=%s", name, e.getMessage());
                }
            }
        }
        return streams;
    }
}
