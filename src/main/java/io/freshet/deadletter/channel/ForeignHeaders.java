package io.freshet.deadletter.channel;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.freshet.event.Headers;
import io.freshet.sink.DeadLetter;
import io.freshet.sink.FailureCode;

/**
 * The headers by which other software recognises dead letters: those that SmallRye Reactive Messaging writes to its dead-letter
 * queues, and those of Kafka Connect. Partition and offset are those of the message that a record came from, and absent if it
 * came from none.
 */
final class ForeignHeaders {

    private static final String SMALLRYE = "dead-letter-";
    private static final String CONNECT = "__connect.errors.";
    /** The name of a Kafka source in letters about messages that it could not read. */
    private static final Pattern SOURCE = Pattern.compile("kafka-source-([0-9]+)");
    /** The end of the id of a record that came from a message. */
    private static final Pattern ID = Pattern.compile(".*/([0-9]+)-([0-9]+)");

    /** Where the message of a record was. */
    private record Origin(String partition, String offset) {
    }

    private ForeignHeaders() {
    }

    static Map<String, String> smallRye(DeadLetter letter) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(SMALLRYE + "reason", letter.cause().reason());
        headers.put(SMALLRYE + "cause", letter.cause().code().id());
        topic(letter).ifPresent(topic -> headers.put(SMALLRYE + "topic", topic));
        origin(letter).ifPresent(origin -> {
            headers.put(SMALLRYE + "partition", origin.partition());
            headers.put(SMALLRYE + "offset", origin.offset());
        });
        return headers;
    }

    static Map<String, String> connect(DeadLetter letter) {
        Map<String, String> headers = new LinkedHashMap<>();
        topic(letter).ifPresent(topic -> headers.put(CONNECT + "topic", topic));
        origin(letter).ifPresent(origin -> {
            headers.put(CONNECT + "partition", origin.partition());
            headers.put(CONNECT + "offset", origin.offset());
        });
        headers.put(CONNECT + "connector.name", letter.address().stream());
        headers.put(CONNECT + "task.id", "0");
        headers.put(CONNECT + "stage", stage(letter));
        headers.put(CONNECT + "class.name", letter.address().sink());
        headers.put(CONNECT + "exception.class.name", letter.cause().code().id());
        headers.put(CONNECT + "exception.message", letter.cause().reason());
        return headers;
    }

    private static Optional<String> topic(DeadLetter letter) {
        boolean ofTopic = letter.address().kind().equals(DeadLetter.KAFKA)
                || letter.address().kind().equals(DeadLetter.COMMAND);
        return Optional.of(letter.address().target()).filter(topic -> ofTopic && !topic.isEmpty());
    }

    private static Optional<Origin> origin(DeadLetter letter) {
        Matcher source = SOURCE.matcher(letter.address().sink());
        if (source.matches()) {
            return Optional.of(new Origin(source.group(1), String.valueOf(letter.address().position())));
        }
        String id = lastText(letter.content().headers(), "freshet-id");
        Matcher from = ID.matcher(id == null ? "" : id);
        return from.matches() ? Optional.of(new Origin(from.group(1), from.group(2))) : Optional.empty();
    }

    private static @Nullable String lastText(Headers headers, String name) {
        return headers.all().stream().filter(header -> header.name().equals(name) && header.value() != null)
                .reduce((first, last) -> last).map(header -> new String(header.value(), StandardCharsets.UTF_8))
                .orElse(null);
    }

    /** Returns the stage by Kafka Connect's names. */
    private static String stage(DeadLetter letter) {
        if (letter.address().kind().equals(DeadLetter.STAGE)) {
            return "TRANSFORMATION";
        }
        return letter.cause().code() == FailureCode.MALFORMED ? "VALUE_CONVERTER" : "TASK_PUT";
    }
}
