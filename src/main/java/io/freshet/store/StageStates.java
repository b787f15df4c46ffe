package io.freshet.store;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.enterprise.context.ApplicationScoped;

import org.jspecify.annotations.Nullable;

/**
 * Persists the state of the stages of each stream together with the position it belongs to, for as long as the stream
 * exists. If no store is configured, nothing is persisted.
 */
@ApplicationScoped
public class StageStates {

    /**
     * The current version writes a bookmark as a length and bytes; {@link #FIRST_VERSION} wrote at most 64 KiB of modified
     * UTF-8.
     */
    private static final int VERSION = 2;
    private static final int FIRST_VERSION = 1;
    /** The epoch of a stream that has no entry yet. */
    private static final long NOT_WRITTEN = 0;

    /** The state of a stream's stages after they processed exactly the records before a position. */
    public static final class State {

        private final long position;
        private final @Nullable String bookmark;
        private final byte[] bytes;

        /** @param bookmark lets the source find the position fast; null if the source needs none */
        public State(long position, @Nullable String bookmark, byte[] bytes) {
            this.position = position;
            this.bookmark = bookmark;
            this.bytes = bytes.clone();
        }

        public long position() {
            return position;
        }

        public Optional<String> bookmark() {
            return Optional.ofNullable(bookmark);
        }

        public byte[] bytes() {
            return bytes.clone();
        }
    }

    private final @Nullable BlobStore blobStore;
    /** The epochs under which this process saves the states of the streams that it runs. */
    private final Map<String, Long> epochs = new ConcurrentHashMap<>();

    public StageStates(BlobStores blobStores) {
        blobStore = blobStores.of("stages", ".state");
    }

    /** Takes over the saved state of a stream: from now on only this process can save it. */
    public void claim(String stream) {
        if (blobStore != null) {
            epochs.put(stream, blobStore.claim(stream).orElse(NOT_WRITTEN));
        }
    }

    /** Releases a stream: from now on another process may save its state. */
    public void release(String stream) {
        epochs.remove(stream);
    }

    /**
     * Saves the state of a stream that this process has claimed.
     *
     * @throws UncheckedIOException if the store does not answer, or another process has claimed the stream since
     */
    public void save(String stream, State state) {
        if (blobStore == null) {
            return;
        }
        Long epoch = epochs.get(stream);
        boolean saved = epoch != null && (epoch == NOT_WRITTEN ? saveFirst(blobStore, stream, state)
                : blobStore.write(stream, epoch, out -> write(state, out)));
        if (!saved) {
            throw new UncheckedIOException(new IOException("another instance has taken this stream over"));
        }
    }

    private boolean saveFirst(BlobStore blobStore, String stream, State state) {
        boolean saved = blobStore.writeNew(stream, out -> write(state, out));
        if (saved) {
            claim(stream);
        }
        return saved;
    }

    private static void write(State state, OutputStream to) throws IOException {
        DataOutputStream out = new DataOutputStream(to);
        out.writeInt(VERSION);
        out.writeLong(state.position);
        out.writeBoolean(state.bookmark != null);
        if (state.bookmark != null) {
            write(state.bookmark.getBytes(StandardCharsets.UTF_8), out);
        }
        write(state.bytes, out);
        out.flush();
    }

    private static void write(byte[] bytes, DataOutputStream out) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    /**
     * Returns the state that was saved last.
     *
     * @return the state; empty if none was saved
     * @throws CorruptEntryException if the state cannot be read
     */
    public Optional<State> find(String stream) {
        return blobStore == null ? Optional.empty() : blobStore.read(stream).map(StageStates::read);
    }

    private static State read(BlobStore.Entry entry) {
        try (DataInputStream in = new DataInputStream(entry.contents())) {
            int version = in.readInt();
            if (version != VERSION && version != FIRST_VERSION) {
                throw new IOException("version " + version + " is unknown");
            }
            long position = in.readLong();
            if (position < 0) {
                throw new IOException("position is negative: " + position);
            }
            return new State(position, in.readBoolean() ? bookmark(version, in) : null, bytes(in));
        } catch (EOFException e) {
            throw new CorruptEntryException("the state of its stages cannot be read: it is cut off", e);
        } catch (IOException | RuntimeException e) {
            throw new CorruptEntryException("the state of its stages cannot be read: " + e.getMessage(), e);
        }
    }

    private static String bookmark(int version, DataInputStream in) throws IOException {
        return version == FIRST_VERSION ? in.readUTF() : new String(bytes(in), StandardCharsets.UTF_8);
    }

    /**
     * Reads the bytes before allocating memory for the whole length, because a corrupt length can claim more bytes than
     * exist.
     */
    private static byte[] bytes(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0) {
            throw new IOException("a length is negative: " + length);
        }
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new IOException("it ends after " + bytes.length + " of " + length + " bytes");
        }
        return bytes;
    }

    public void delete(String stream) {
        release(stream);
        if (blobStore != null) {
            blobStore.delete(stream);
        }
    }
}
