package io.freshet.store;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * What the stages of streams keep from record to record, with the position it belongs to: kept where there is a
 * place for it, for as long as the stream is there; else nothing is kept.
 */
@ApplicationScoped
public class StageStates {

    private static final Logger LOG = Logger.getLogger(StageStates.class);
    private static final int VERSION = 1;

    /** The state of the stages of a stream when it had taken the records before a position, and nothing else. */
    public static final class State {

        private final long position;
        private final @Nullable String bookmark;
        private final byte[] bytes;

        /**
         * @param bookmark what lets its source find the position fast; null if it needs nothing
         */
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

    private final @Nullable Shelf shelf;

    public StageStates(Shelves shelves) {
        shelf = shelves.of("stages", ".state");
    }

    public void save(String stream, State state) {
        if (shelf != null) {
            shelf.write(stream, file -> {
                DataOutputStream out = new DataOutputStream(file);
                out.writeInt(VERSION);
                out.writeLong(state.position);
                out.writeBoolean(state.bookmark != null);
                if (state.bookmark != null) {
                    out.writeUTF(state.bookmark);
                }
                out.writeInt(state.bytes.length);
                out.write(state.bytes);
                out.flush();
            });
        }
    }

    /** What was saved last; empty if nothing was, or it cannot be read. */
    public Optional<State> find(String stream) {
        if (shelf == null) {
            return Optional.empty();
        }
        return shelf.read(stream).flatMap(kept -> read(stream, kept));
    }

    private static Optional<State> read(String stream, Shelf.Kept kept) {
        try (DataInputStream in = new DataInputStream(kept.contents())) {
            if (in.readInt() != VERSION) {
                throw new IOException("it is of another version");
            }
            long position = in.readLong();
            String bookmark = in.readBoolean() ? in.readUTF() : null;
            byte[] bytes = new byte[in.readInt()];
            in.readFully(bytes);
            return Optional.of(new State(position, bookmark, bytes));
        } catch (IOException e) {
            LOG.errorf("What the stages of a stream kept is lost: stream=%s reason=%s", stream, e.getMessage());
            return Optional.empty();
        }
    }

    public void delete(String stream) {
        if (shelf != null) {
            shelf.delete(stream);
        }
    }
}
