package io.freshet.sink;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.freshet.codec.EncodedRecords;
import io.freshet.event.Headers;

/** A record that could not be delivered, with its original content and the cause. */
public final class DeadLetter {

    /** The kind of a letter whose record was meant for a Kafka topic or came from one. */
    public static final String KAFKA = "kafka";
    /** The kind of a letter that a stage rejected. */
    public static final String STAGE = "stage";
    /** The kind of a letter that is a command. */
    public static final String COMMAND = "command";

    /** Matches the default names of Kafka sinks and of the Kafka source in letters of version 1, which have no kind. */
    private static final Pattern KAFKA_NAME = Pattern.compile("kafka(-source)?(-[0-9]+)?");

    /**
     * The intended destination of the record.
     *
     * @param stream the name of the stream
     * @param position the index of the record in the stream
     * @param sink the name of the sink or stage in its stream
     * @param kind the kind of the sink, as definitions name it, or one of the kinds above; empty if it is not known
     * @param target the topic or file; empty if there is none
     */
    public record Address(String stream, long position, String sink, String kind, String target) {

        /** Returns the address of a letter of version 1, which does not contain its kind. */
        public static Address withoutKind(String stream, long position, String sink, String target) {
            return new Address(stream, position, sink, KAFKA_NAME.matcher(sink).matches() ? KAFKA : "", target);
        }
    }

    /**
     * What went wrong.
     *
     * @param code the cause for programs
     * @param reason the cause for people
     * @param attempts the number of delivery attempts
     * @param time when delivery was abandoned
     */
    public record Cause(FailureCode code, String reason, int attempts, Instant time) {

        private static final int LONGEST = 1000;

        public Cause {
            reason = reason.length() <= LONGEST ? reason : reason.substring(0, LONGEST) + "…";
            time = time.truncatedTo(ChronoUnit.MILLIS);
        }

        /** Identifies a schema that the registry rejected in letters of version 1. */
        private static final String SCHEMA_REFUSED = " refuses the schema of ";

        /** Returns the cause of a letter of version 1, which has no code. */
        public static Cause withoutCode(String reason, int attempts, Instant time) {
            return new Cause(reason.contains(SCHEMA_REFUSED) ? FailureCode.SCHEMA_REJECTED
                    : FailureCode.UNKNOWN, reason, attempts, time);
        }
    }

    /** The record as it should have been delivered. */
    public static final class Content {

        private final byte @Nullable [] key;
        private final byte @Nullable [] value;
        private final Headers headers;
        private final OptionalLong timestamp;

        /**
         * @param key the key of the message; null if it has none
         * @param value the bytes to deliver; null for a tombstone
         * @param headers the headers of the message; for a record that was not meant for a topic, those of the message it came
         *        from
         * @param timestamp the timestamp of the message in milliseconds since 1970; empty for the time of sending
         */
        public Content(byte @Nullable [] key, byte @Nullable [] value, Headers headers, OptionalLong timestamp) {
            this.key = key == null ? null : key.clone();
            this.value = value == null ? null : value.clone();
            this.headers = headers;
            this.timestamp = timestamp;
        }

        public byte @Nullable [] key() {
            return key == null ? null : key.clone();
        }

        /** Returns the bytes, or null for a tombstone. */
        public byte @Nullable [] value() {
            return value == null ? null : value.clone();
        }

        public Headers headers() {
            return headers;
        }

        public OptionalLong timestamp() {
            return timestamp;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Content content && Arrays.equals(key, content.key) && Arrays.equals(value, content.value)
                    && headers.equals(content.headers) && timestamp.equals(content.timestamp);
        }

        @Override
        public int hashCode() {
            return Objects.hash(Arrays.hashCode(key), Arrays.hashCode(value), headers);
        }
    }

    private static final byte[] NO_BYTES = {};

    private final String id;
    private final Address address;
    private final Cause cause;
    private final Content content;

    public DeadLetter(Address address, Cause cause, Content content) {
        this(id(address, cause, content), address, cause, content);
    }

    /**
     * Creates a letter without headers.
     *
     * @param key the key of the message; null if it has none
     * @param value the bytes to deliver
     */
    public DeadLetter(Address address, Cause cause, byte @Nullable [] key, byte[] value) {
        this(address, cause, new Content(key, value, Headers.NONE, OptionalLong.empty()));
    }

    /** Creates a letter with the id under which it is stored, which an earlier version may have computed differently. */
    public DeadLetter(String id, Address address, Cause cause, Content content) {
        this.id = id;
        this.address = address;
        this.cause = cause;
        this.content = content;
    }

    /**
     * Identifies the letter among all dead letters. The id contains the destination, the time and a hash of the content,
     * because records that originate from the same source record have the same position.
     */
    public String id() {
        return id;
    }

    private static String id(Address address, Cause cause, Content content) {
        byte[] value = content.value();
        return address.stream() + "." + address.sink() + "." + address.position() + "."
                + Long.toString(cause.time().toEpochMilli(), Character.MAX_RADIX) + "." + Long.toUnsignedString(
                        hash(address.target(), content.key(), value == null ? NO_BYTES : value), Character.MAX_RADIX);
    }

    private static long hash(String target, byte @Nullable [] key, byte[] value) {
        byte[] where = target.getBytes(StandardCharsets.UTF_8);
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(ByteBuffer.allocate(8).putInt(where.length).putInt(key == null ? -1 : key.length).flip());
            digest.update(where);
            if (key != null) {
                digest.update(key);
            }
            return ByteBuffer.wrap(digest.digest(value)).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    public Address address() {
        return address;
    }

    public Cause cause() {
        return cause;
    }

    public Content content() {
        return content;
    }

    public byte @Nullable [] key() {
        return content.key();
    }

    /** Returns the bytes to deliver; empty for a tombstone. */
    public byte[] value() {
        byte[] value = content.value();
        return value == null ? NO_BYTES : value;
    }

    public boolean isTombstone() {
        return content.value == null;
    }

    /**
     * Returns whether its bytes and headers form a complete message for a topic. If the schema was rejected, they lack the
     * schema's id.
     */
    public boolean isMessage() {
        return address.kind().equals(KAFKA) && cause.code() != FailureCode.SCHEMA_REJECTED && !address.target().isEmpty();
    }

    /** Returns the size of the value in bytes. */
    public int size() {
        return content.value == null ? 0 : content.value.length;
    }

    /** Returns the letter as a batch with one record for redelivery. */
    public EncodedBatch asBatch() {
        byte[] value = value();
        EncodedRecords records = EncodedRecords.create(value.length + 1);
        byte[] to = records.reserve(0, value.length);
        System.arraycopy(value, 0, to, records.used(), value.length);
        records.append(value.length);
        return new EncodedBatch(address.stream(), address.position(), records,
                RecordHeaders.ofLetter(content, address.kind().equals(KAFKA) && !content.headers().isEmpty()), null, null);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DeadLetter letter && address.equals(letter.address) && cause.equals(letter.cause)
                && content.equals(letter.content);
    }

    @Override
    public int hashCode() {
        return Objects.hash(address, cause, content);
    }

    @Override
    public String toString() {
        return "dead letter " + id;
    }
}
