package io.freshet.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

import jakarta.enterprise.context.ApplicationScoped;

import org.jspecify.annotations.Nullable;

/** What is to become of streams that run on another instance, which looks for it here. The last wish for a stream counts. */
@ApplicationScoped
public class StreamWishes {

    private final Shelves shelves;
    private @Nullable Shelf opened;

    public StreamWishes(Shelves shelves) {
        this.shelves = shelves;
    }

    /** Made when somebody shares the store, and not before. */
    private synchronized @Nullable Shelf shelf() {
        if (opened == null) {
            opened = shelves.of("stream-wishes");
        }
        return opened;
    }

    /**
     * @throws UncheckedIOException if the store does not answer
     */
    public void make(String stream, String wish) {
        Shelf shelf = shelf();
        if (shelf != null) {
            shelf.write(stream, out -> out.write(wish.getBytes(StandardCharsets.UTF_8)));
        }
    }

    /** The wishes by stream; they stay until they are {@link #fulfilled}. */
    public Map<String, String> all() {
        Map<String, String> wishes = new LinkedHashMap<>();
        Shelf shelf = shelf();
        if (shelf != null) {
            for (String stream : shelf.names()) {
                shelf.read(stream).ifPresent(kept -> wishes.put(stream, text(kept)));
            }
        }
        return wishes;
    }

    private static String text(Shelf.Kept kept) {
        try (InputStream in = kept.contents()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void fulfilled(String stream) {
        Shelf shelf = shelf();
        if (shelf != null) {
            shelf.delete(stream);
        }
    }
}
