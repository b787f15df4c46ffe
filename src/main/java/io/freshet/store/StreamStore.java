package io.freshet.store;

import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
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
            shelf.write(name, contents(stream));
            written.put(name, stream);
        }
    }

    /** Saves a stream if there is none of its name; whether there was none. */
    public boolean saveNew(String name, SavedStream stream) {
        return shelf == null || shelf.writeNew(name, contents(stream));
    }

    private static Shelf.Contents contents(SavedStream stream) {
        return out -> MAPPER.writeValue(out, MAPPER.createObjectNode().put("position", stream.position())
                .put("state", stream.state()).put("bookmark", stream.bookmark()).set("definition", stream.definition()));
    }

    /** Says that others may write about this stream from now on. */
    public void letGo(String name) {
        written.remove(name);
    }

    /** The names of all saved streams. */
    public List<String> names() {
        return shelf == null ? List.of() : shelf.names();
    }

    /** What is saved of a stream. */
    public Optional<SavedStream> find(String name) {
        return shelf == null ? Optional.empty() : shelf.read(name).flatMap(kept -> read(name, kept));
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
        names().forEach(name -> find(name).ifPresent(stream -> streams.put(name, stream)));
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
