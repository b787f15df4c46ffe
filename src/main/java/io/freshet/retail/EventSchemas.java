package io.freshet.retail;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Provides the JSON Schemas (draft 2020-12) of the envelope, which is named {@code event}, and of the payload of each event
 * type.
 */
public final class EventSchemas {

    public static final String ENVELOPE = "event";
    private static final ObjectMapper JSON = new ObjectMapper();

    private EventSchemas() {
    }

    /** Returns the names of the envelope and of all event types. */
    public static List<String> names() {
        return Stream.concat(Stream.of(ENVELOPE), Arrays.stream(EventType.values()).map(EventType::id)).toList();
    }

    /**
     * Returns the schema of a name. The schema of the envelope includes the schemas of the payloads, so that it can be used
     * on its own.
     *
     * @return the schema; empty if the name is unknown
     */
    public static Optional<String> find(String name) {
        if (!names().contains(name)) {
            return Optional.empty();
        }
        ObjectNode schema = read(name);
        if (name.equals(ENVELOPE)) {
            ObjectNode payloads = schema.putObject("$defs");
            for (EventType type : EventType.values()) {
                // without an id, because a validator may also load the same schema under its own name
                payloads.set(type.id(), read(type.id()).without(List.of("$schema", "$id")));
            }
        }
        return Optional.of(schema.toPrettyString());
    }

    private static ObjectNode read(String name) {
        String resource = "/retail/schemas/" + name + ".json";
        try (InputStream in = EventSchemas.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("the resource " + resource + " is missing");
            }
            return (ObjectNode) JSON.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
