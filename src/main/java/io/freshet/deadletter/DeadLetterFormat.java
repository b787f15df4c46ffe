package io.freshet.deadletter;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;

import org.jspecify.annotations.Nullable;

import io.freshet.event.Headers;
import io.freshet.sink.DeadLetter;
import io.freshet.sink.FailureCode;

/**
 * The format of dead letters in files. A file starts with a marker and a version. A file without the marker has version 1,
 * whose letters have no kind, code, headers and timestamp.
 */
final class DeadLetterFormat {

    /** The marker. As the length of a stream's name it would be too large, so no file of version 1 starts with it. */
    private static final int MARK = 0xFFFF;
    private static final int VERSION = 2;
    private static final long NO_TIMESTAMP = Long.MIN_VALUE;

    private DeadLetterFormat() {
    }

    static void write(List<DeadLetter> letters, DataOutputStream out) throws IOException {
        out.writeShort(MARK);
        out.writeByte(VERSION);
        for (DeadLetter letter : letters) {
            write(letter, out);
        }
    }

    private static void write(DeadLetter letter, DataOutputStream out) throws IOException {
        DeadLetter.Address address = letter.address();
        out.writeUTF(address.stream());
        out.writeLong(address.position());
        out.writeUTF(address.sink());
        out.writeUTF(address.kind());
        out.writeUTF(address.target());
        out.writeUTF(letter.cause().code().id());
        out.writeUTF(letter.cause().reason());
        out.writeInt(letter.cause().attempts());
        out.writeLong(letter.cause().time().toEpochMilli());
        DeadLetter.Content content = letter.content();
        writeBytes(content.key(), out);
        writeBytes(content.value(), out);
        out.writeLong(content.timestamp().orElse(NO_TIMESTAMP));
        out.writeInt(content.headers().all().size());
        for (Headers.Header header : content.headers().all()) {
            writeBytes(header.name().getBytes(StandardCharsets.UTF_8), out);
            writeBytes(header.value(), out);
        }
    }

    private static void writeBytes(byte @Nullable [] bytes, DataOutputStream out) throws IOException {
        out.writeInt(bytes == null ? -1 : bytes.length);
        if (bytes != null) {
            out.write(bytes);
        }
    }

    /**
     * Reads all letters of a file of any version.
     *
     * @throws IOException if the file is truncated or has a later version
     */
    static List<DeadLetter> read(DataInputStream in) throws IOException {
        in.mark(Short.BYTES);
        boolean marked = in.read() == MARK >> 8 && in.read() == (MARK & 0xFF);
        int version = 1;
        if (marked) {
            version = in.readUnsignedByte();
        } else {
            in.reset();
        }
        if (version > VERSION) {
            throw new IOException("dead letters of version " + version + " cannot be read; the newest known is " + VERSION);
        }
        List<DeadLetter> letters = new ArrayList<>();
        for (String stream = nextStream(in); stream != null; stream = nextStream(in)) {
            letters.add(version == 1 ? first(stream, in) : second(stream, in));
        }
        return letters;
    }

    private static @Nullable String nextStream(DataInputStream in) throws IOException {
        try {
            return in.readUTF();
        } catch (EOFException e) {
            return null;
        }
    }

    private static DeadLetter first(String stream, DataInputStream in) throws IOException {
        DeadLetter.Address address = DeadLetter.Address.withoutKind(stream, in.readLong(), in.readUTF(), in.readUTF());
        DeadLetter.Cause cause = DeadLetter.Cause.withoutCode(in.readUTF(), in.readInt(), Instant.ofEpochMilli(in.readLong()));
        byte[] key = readBytes(in);
        byte[] value = readBytes(in);
        return new DeadLetter(address, cause, key, value == null ? new byte[0] : value);
    }

    private static DeadLetter second(String stream, DataInputStream in) throws IOException {
        DeadLetter.Address address = new DeadLetter.Address(stream, in.readLong(), in.readUTF(), in.readUTF(), in.readUTF());
        FailureCode code = FailureCode.find(in.readUTF()).orElse(FailureCode.UNKNOWN);
        DeadLetter.Cause cause = new DeadLetter.Cause(code, in.readUTF(), in.readInt(), Instant.ofEpochMilli(in.readLong()));
        byte[] key = readBytes(in);
        byte[] value = readBytes(in);
        long timestamp = in.readLong();
        List<Headers.Header> headers = new ArrayList<>();
        int count = in.readInt();
        for (int i = 0; i < count; i++) {
            headers.add(new Headers.Header(new String(Objects.requireNonNull(readBytes(in)), StandardCharsets.UTF_8),
                    readBytes(in)));
        }
        return new DeadLetter(address, cause, new DeadLetter.Content(key, value, Headers.of(headers),
                timestamp == NO_TIMESTAMP ? OptionalLong.empty() : OptionalLong.of(timestamp)));
    }

    private static byte @Nullable [] readBytes(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0) {
            return null;
        }
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("a dead letter is cut off");
        }
        return bytes;
    }
}
