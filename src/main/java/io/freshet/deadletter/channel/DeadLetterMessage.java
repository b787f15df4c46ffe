package io.freshet.deadletter.channel;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

import io.freshet.event.Headers;
import io.freshet.sink.DeadLetter;
import io.freshet.sink.FailureCode;

/**
 * Converts a dead letter to and from a message. The key is the id of the letter, the value is the record's original bytes. The
 * original headers of the record come first; those from the header {@code freshet-version} on belong to the letter. Letters
 * without that header have version 1, which stored no headers of the record.
 */
final class DeadLetterMessage {

    private static final String PREFIX = "freshet-";
    private static final String VERSION = PREFIX + "version";
    private static final String TWO = "2";

    private final boolean connectHeaders;

    /** @param connectHeaders whether messages have the headers of Kafka Connect too */
    DeadLetterMessage(boolean connectHeaders) {
        this.connectHeaders = connectHeaders;
    }

    static byte[] key(DeadLetter letter) {
        return bytes(letter.id());
    }

    /** Returns the headers of the record, followed by those of the letter. */
    List<Header> headers(DeadLetter letter) {
        List<Header> headers = new ArrayList<>();
        letter.content().headers().all().forEach(own -> headers.add(new RecordHeader(own.name(), own.value())));
        headers.add(new RecordHeader(VERSION, bytes(TWO)));
        headers.add(header("stream", letter.address().stream()));
        headers.add(header("position", String.valueOf(letter.address().position())));
        headers.add(header("sink", letter.address().sink()));
        headers.add(header("kind", letter.address().kind()));
        headers.add(header("original-topic", letter.address().target()));
        headers.add(header("code", letter.cause().code().id()));
        headers.add(header("reason", letter.cause().reason()));
        headers.add(header("attempts", String.valueOf(letter.cause().attempts())));
        headers.add(header("time", letter.cause().time().toString()));
        letter.content().timestamp().ifPresent(millis -> headers.add(header("timestamp", String.valueOf(millis))));
        if (letter.isTombstone()) {
            headers.add(header("tombstone", "true"));
        }
        byte[] key = letter.key();
        if (key != null) {
            headers.add(new RecordHeader(PREFIX + "key", key));
        }
        ForeignHeaders.smallRye(letter).forEach((name, value) -> headers.add(new RecordHeader(name, bytes(value))));
        if (connectHeaders) {
            ForeignHeaders.connect(letter).forEach((name, value) -> headers.add(new RecordHeader(name, bytes(value))));
        }
        return headers;
    }

    /**
     * Returns the letter in a message, or empty if the message is not a letter, because other programs may write to the topic.
     */
    static Optional<DeadLetter> letter(String id, ConsumerRecord<byte[], byte[]> message) {
        List<Header> all = Arrays.asList(message.headers().toArray());
        int start = versionAt(all);
        List<Header> own = all.subList(Math.max(0, start), all.size());
        try {
            DeadLetter.Content content = new DeadLetter.Content(find(own, "key").map(Header::value).orElse(null),
                    text(own, "tombstone").isEmpty() ? message.value() : null, start < 0 ? Headers.NONE : headers(all, start),
                    timestamp(own));
            return Optional.of(new DeadLetter(id, address(own, start < 0), cause(own, start < 0), content));
        } catch (NumberFormatException | DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static DeadLetter.Address address(List<Header> own, boolean first) {
        long position = Long.parseLong(text(own, "position"));
        String topic = text(own, "original-topic");
        return first ? DeadLetter.Address.withoutKind(text(own, "stream"), position, text(own, "sink"), topic)
                : new DeadLetter.Address(text(own, "stream"), position, text(own, "sink"), text(own, "kind"), topic);
    }

    private static DeadLetter.Cause cause(List<Header> own, boolean first) {
        int attempts = Integer.parseInt(text(own, "attempts"));
        Instant time = Instant.parse(text(own, "time"));
        return first ? DeadLetter.Cause.withoutCode(text(own, "reason"), attempts, time)
                : new DeadLetter.Cause(FailureCode.find(text(own, "code")).orElse(FailureCode.UNKNOWN), text(own, "reason"),
                        attempts, time);
    }

    private static OptionalLong timestamp(List<Header> own) {
        String text = text(own, "timestamp");
        return text.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(text));
    }

    /** Returns the index of the last version header. The record itself may have been a letter with such a header. */
    private static int versionAt(List<Header> headers) {
        int at = headers.size() - 1;
        while (at >= 0 && !headers.get(at).key().equals(VERSION)) {
            at--;
        }
        return at;
    }

    private static Headers headers(List<Header> all, int end) {
        return Headers
                .of(all.subList(0, end).stream().map(header -> new Headers.Header(header.key(), header.value())).toList());
    }

    private static Optional<Header> find(List<Header> headers, String name) {
        return headers.stream().filter(header -> header.key().equals(PREFIX + name)).reduce((first, last) -> last);
    }

    private static String text(List<Header> headers, String name) {
        return find(headers, name).map(Header::value).map(value -> new String(value, StandardCharsets.UTF_8)).orElse("");
    }

    private static Header header(String name, String value) {
        return new RecordHeader(PREFIX + name, bytes(value));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
