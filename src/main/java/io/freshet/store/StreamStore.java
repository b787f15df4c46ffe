package io.freshet.store;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.freshet.table.JsonErrors;

/**
 * Persists stream definitions, positions and states. If no store is configured, nothing is persisted. An instance claims a
 * stream before it runs it and writes under the epoch of that claim; the store rejects writes of earlier owners.
 */
@ApplicationScoped
public class StreamStore {

    /** The epoch of streams that are not persisted, which no other instance can claim. */
    public static final long NO_EPOCH = 0;

    private static final Logger LOG = Logger.getLogger(StreamStore.class);
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String CORRUPT = "failed";

    /**
     * A stream as it was saved.
     *
     * @param definition the definition as the user gave it; a missing node if the entry is corrupt
     * @param position the index of the next record
     * @param state the name of the stream's state
     * @param bookmark lets the source find the position fast; null if the source needs none
     * @param run identifies the stream from its creation to its deletion; empty if an earlier version of Freshet created it
     * @param error why the stream ended, or why its entry cannot be read; null if nothing went wrong
     */
    public record SavedStream(JsonNode definition, long position, String state, @Nullable String bookmark, String run,
            @Nullable String error) {

        private static SavedStream corrupt(String reason) {
            return new SavedStream(MissingNode.getInstance(), 0, CORRUPT, null, "", reason);
        }

        /** Returns whether the entry exists but cannot be read; {@link #error} gives the reason. */
        public boolean isCorrupt() {
            return definition.isMissingNode();
        }
    }

    /** An entry that this process owns. */
    public record Claimed(SavedStream stream, long epoch) {
    }

    private final @Nullable BlobStore blobStore;

    public StreamStore(BlobStores blobStores) {
        blobStore = blobStores.of("streams");
    }

    /**
     * Saves a stream that this process has claimed.
     *
     * @param epoch from {@link #claim}
     * @return false if another process has claimed the stream since, or it was deleted
     */
    public boolean save(String name, long epoch, SavedStream stream) {
        return blobStore == null || blobStore.write(name, epoch, contents(stream));
    }

    /**
     * Saves a stream unless a stream of this name exists.
     *
     * @return false if the name exists
     */
    public boolean saveNew(String name, SavedStream stream) {
        return blobStore == null || blobStore.writeNew(name, contents(stream));
    }

    private static BlobStore.Contents contents(SavedStream stream) {
        ObjectNode file = MAPPER.createObjectNode().put("position", stream.position()).put("state", stream.state())
                .put("bookmark", stream.bookmark()).put("run", stream.run());
        if (stream.error() != null) {
            file.put("error", stream.error());
        }
        file.set("definition", stream.definition());
        return out -> MAPPER.writeValue(out, file);
    }

    /**
     * Takes a stream over: from now on only this process can save it.
     *
     * @return what was saved last; empty if the stream was not saved or nothing is persisted
     */
    public Optional<Claimed> claim(String name) {
        OptionalLong epoch = blobStore == null ? OptionalLong.empty() : blobStore.claim(name);
        // read after the claim, when the previous owner can no longer write
        return epoch.isEmpty() ? Optional.empty() : find(name).map(saved -> new Claimed(saved, epoch.getAsLong()));
    }

    /** Returns whether streams outlive the process. */
    public boolean isPersistent() {
        return blobStore != null;
    }

    /** Returns the names of all saved streams. */
    public List<String> names() {
        return blobStore == null ? List.of() : blobStore.names();
    }

    /**
     * Returns what was saved of a stream.
     *
     * @return a corrupt entry if the saved stream cannot be read; empty if the stream was not saved
     */
    public Optional<SavedStream> find(String name) {
        try {
            return blobStore == null ? Optional.empty() : blobStore.read(name).map(entry -> read(name, entry));
        } catch (CorruptEntryException e) {
            return Optional.of(SavedStream.corrupt(String.valueOf(e.getMessage())));
        }
    }

    public void delete(String name) {
        if (blobStore != null) {
            blobStore.delete(name);
        }
    }

    private static SavedStream read(String name, BlobStore.Entry entry) {
        try (InputStream in = entry.contents()) {
            return parse(MAPPER.readTree(in));
        } catch (JsonProcessingException e) {
            return SavedStream.corrupt("the saved stream cannot be read: " + JsonErrors.reason(e));
        } catch (IOException | RuntimeException e) {
            LOG.debugf(e, "Saved stream cannot be read: stream=%s", name);
            return SavedStream.corrupt("the saved stream cannot be read: " + e.getMessage());
        }
    }

    private static SavedStream parse(JsonNode file) {
        JsonNode position = file.path("position");
        if (!position.isIntegralNumber() || !position.canConvertToLong() || position.longValue() < 0) {
            throw new IllegalArgumentException("position must be a whole number from 0, not " + shown(position));
        }
        if (!file.path("definition").isObject()) {
            throw new IllegalArgumentException("definition must be an object, not " + shown(file.path("definition")));
        }
        return new SavedStream(file.path("definition"), position.longValue(),
                Objects.requireNonNull(text(file, "state"), "state is missing"), text(file, "bookmark"),
                Objects.requireNonNullElse(text(file, "run"), ""), text(file, "error"));
    }

    private static @Nullable String text(JsonNode file, String field) {
        JsonNode text = file.path(field);
        if (text.isMissingNode() || text.isNull() || text.isTextual()) {
            return text.textValue();
        }
        throw new IllegalArgumentException(field + " must be text, not " + shown(text));
    }

    private static String shown(JsonNode node) {
        String json = node.isMissingNode() ? "missing" : node.toString();
        return json.length() <= 40 ? json : json.substring(0, 40) + "…";
    }
}
