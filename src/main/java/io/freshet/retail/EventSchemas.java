package io.freshet.retail;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The JSON Schemas (draft 2020-12) of the envelope, which is called {@code event}, and of the payload of each event type. */
public final class EventSchemas {

    public static final String ENVELOPE = "event";

    private EventSchemas() {
    }

    /** The envelope and all event types. */
    public static List<String> names() {
        return Stream.concat(Stream.of(ENVELOPE), Arrays.stream(EventType.values()).map(EventType::id)).toList();
    }

    /** The schema of a name; empty if there is none. */
    public static Optional<String> find(String name) {
        if (!names().contains(name)) {
            return Optional.empty();
        }
        String resource = "/retail/schemas/" + name + ".json";
        try (InputStream in = EventSchemas.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("the resource " + resource + " is missing");
            }
            return Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
