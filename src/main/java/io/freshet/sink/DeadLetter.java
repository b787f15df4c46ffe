package io.freshet.sink;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import io.freshet.codec.EncodedRecords;

/**
 * A record that could not be delivered, as it was, and why.
 */
public final class DeadLetter {

    /**
     * Where the record was going.
     *
     * @param stream the name of the stream
     * @param position the index of the record in it
     * @param sink the name of the sink in its stream
     * @param target the topic or file; empty where there is none
     */
    public record Address(String stream, long position, String sink, String target) {
    }

    /**
     * What went wrong.
     *
     * @param attempts how often delivery was tried
     * @param time when it was given up
     */
    public record Cause(String reason, int attempts, Instant time) {

        private static final int LONGEST = 1000;

        public Cause {
            reason = reason.length() <= LONGEST ? reason : reason.substring(0, LONGEST) + "…";
            time = time.truncatedTo(ChronoUnit.MILLIS);
        }
    }

    private final String id;
    private final Address address;
    private final Cause cause;
    private final byte @Nullable [] key;
    private final byte[] value;

    /**
     * @param key of the message; null if it has none
     * @param value the bytes that were to be delivered
     */
    public DeadLetter(Address address, Cause cause, byte @Nullable [] key, byte[] value) {
        this(id(address, cause, key, value), address, cause, key, value);
    }

    /**
     * One that is kept by its id, which may be made as an earlier version made it.
     *
     * @param key of the message; null if it has none
     * @param value the bytes that were to be delivered
     */
    DeadLetter(String id, Address address, Cause cause, byte @Nullable [] key, byte[] value) {
        this.id = id;
        this.address = address;
        this.cause = cause;
        this.key = key == null ? null : key.clone();
        this.value = value.clone();
    }

    /**
     * Names it among all dead letters: where it was going, when it was given up, and what it is, as records that come from the
     * same one have the same position.
     */
    public String id() {
        return id;
    }

    private static String id(Address address, Cause cause, byte @Nullable [] key, byte[] value) {
        return address.stream() + "." + address.sink() + "." + address.position() + "."
                + Long.toString(cause.time().toEpochMilli(), Character.MAX_RADIX) + "."
                + Long.toUnsignedString(hash(address.target(), key, value), Character.MAX_RADIX);
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

    public byte @Nullable [] key() {
        return key == null ? null : key.clone();
    }

    public byte[] value() {
        return value.clone();
    }

    /** How many bytes the value has. */
    int size() {
        return value.length;
    }

    /** It alone, on its way again. */
    public OutgoingBatch asBatch() {
        EncodedRecords records = EncodedRecords.create(value.length + 1);
        byte[] to = records.reserve(0, value.length);
        System.arraycopy(value, 0, to, records.used(), value.length);
        records.append(value.length);
        return new OutgoingBatch(address.stream(), address.position(), records, Envelopes.ofKey(key), null, null);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DeadLetter letter && address.equals(letter.address) && cause.equals(letter.cause)
                && Arrays.equals(key, letter.key) && Arrays.equals(value, letter.value);
    }

    @Override
    public int hashCode() {
        return Objects.hash(address, cause, Arrays.hashCode(value));
    }

    @Override
    public String toString() {
        return "dead letter " + id;
    }
}
