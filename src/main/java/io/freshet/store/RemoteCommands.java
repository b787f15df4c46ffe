package io.freshet.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

import jakarta.enterprise.context.ApplicationScoped;

import org.jspecify.annotations.Nullable;

/**
 * Passes commands for streams to the instances that run them, which poll for them here. Only the last command for a stream
 * counts.
 */
@ApplicationScoped
public class RemoteCommands {

    private final BlobStores blobStores;
    private @Nullable BlobStore opened;

    public RemoteCommands(BlobStores blobStores) {
        this.blobStores = blobStores;
    }

    /** Opens the store on first use, because only instances that share a store need it. */
    private synchronized @Nullable BlobStore shelf() {
        if (opened == null) {
            opened = blobStores.of("stream-wishes");
        }
        return opened;
    }

    /**
     * Saves a command for a stream.
     *
     * @throws UncheckedIOException if the store does not answer
     */
    public void send(String stream, String wish) {
        BlobStore blobStore = shelf();
        if (blobStore != null) {
            blobStore.write(stream, out -> out.write(wish.getBytes(StandardCharsets.UTF_8)));
        }
    }

    /** Returns the commands by stream. They stay until they are {@link #applied}. */
    public Map<String, String> all() {
        Map<String, String> wishes = new LinkedHashMap<>();
        BlobStore blobStore = shelf();
        if (blobStore != null) {
            for (String stream : blobStore.names()) {
                blobStore.read(stream).ifPresent(entry -> wishes.put(stream, text(entry)));
            }
        }
        return wishes;
    }

    private static String text(BlobStore.Entry entry) {
        try (InputStream in = entry.contents()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void applied(String stream) {
        BlobStore blobStore = shelf();
        if (blobStore != null) {
            blobStore.delete(stream);
        }
    }
}
