package io.freshet.store;

import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * Stream definitions, positions and states that outlive the process, where there is a place for them; else it keeps nothing.
 */
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

    private final @Nullable Shelf shelf;
    /** What is kept already, so that what has not changed is not written again. */
    private final Map<String, SavedStream> written = new ConcurrentHashMap<>();

    public StreamStore(Shelves shelves) {
        shelf = shelves.of("streams");
    }

    public void save(String name, SavedStream stream) {
        if (shelf != null && !stream.equals(written.get(name))) {
            shelf.write(name, out -> MAPPER.writeValue(out, MAPPER.createObjectNode().put("position", stream.position())
                    .put("state", stream.state()).put("bookmark", stream.bookmark()).set("definition", stream.definition())));
            written.put(name, stream);
        }
    }

    public void delete(String name) {
        if (shelf != null) {
            written.remove(name);
            shelf.delete(name);
        }
    }

    /**
     * All saved streams, by name.
     *
     * @throws java.io.UncheckedIOException if the place does not answer
     */
    public Map<String, SavedStream> load() {
        Map<String, SavedStream> streams = new LinkedHashMap<>();
        if (shelf != null) {
            for (String name : shelf.names()) {
                shelf.read(name).flatMap(kept -> read(name, kept)).ifPresent(stream -> streams.put(name, stream));
            }
        }
        return streams;
    }

    private static Optional<SavedStream> read(String name, Shelf.Kept kept) {
        try (InputStream in = kept.contents()) {
            JsonNode file = MAPPER.readTree(in);
            return Optional.of(new SavedStream(file.path("definition"), file.path("position").asLong(),
                    file.path("state").asText(), file.path("bookmark").textValue()));
        } catch (IOException e) {
            LOG.errorf("A stream was not restored: stream=%s reason=%s", name, e.getMessage());
            return Optional.empty();
        }
    }
}
