package io.freshet.stage;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The state of a stage as bytes, which begin with the version of their format. */
final class StageState {

    /** Writes the state. */
    interface Writing {
        void to(DataOutputStream out) throws IOException;
    }

    /** Reads the state. */
    interface Reading {
        void from(DataInputStream in) throws IOException;
    }

    private StageState() {
    }

    static byte[] of(int version, Writing contents) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(version);
            contents.to(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** @throws IllegalArgumentException if the bytes have another version or are corrupt */
    static void restore(byte[] state, int version, Reading contents) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(state))) {
            if (in.readInt() != version) {
                throw new IllegalArgumentException("the state of the stage has another version");
            }
            contents.from(in);
        } catch (IOException e) {
            throw new IllegalArgumentException("the state of the stage is corrupt", e);
        }
    }

    /** Returns whether the state continues; that of an earlier version of Freshet may end sooner. */
    static boolean hasMore(DataInputStream in) throws IOException {
        return in.available() > 0;
    }

    static void writeText(DataOutput out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    static String readText(DataInput in) throws IOException {
        byte[] bytes = new byte[in.readInt()];
        in.readFully(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
