package io.freshet.source.websocket;

import java.io.ByteArrayOutputStream;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * One connection to a feed. Assembles messages, and requests the next one only while the buffer has room. Called by one thread
 * of the client at a time.
 */
final class WebSocketLink implements WebSocket.Listener {

    /** Handles messages. */
    interface Receiver {
        void text(String message);

        void bytes(byte[] message);

        void tooLarge();
    }

    private final int maxBytes;
    private final WebSocketBuffer buffer;
    private final Receiver receiver;
    private final BiConsumer<WebSocketLink, String> lost;
    private final StringBuilder text = new StringBuilder();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private boolean skipping;
    private boolean waiting;
    private volatile @Nullable WebSocket socket;
    private volatile long seenNanos = System.nanoTime();

    /** @param lost notified of the reason when the connection is closed */
    WebSocketLink(int maxBytes, WebSocketBuffer buffer, Receiver receiver, BiConsumer<WebSocketLink, String> lost) {
        this.maxBytes = maxBytes;
        this.buffer = buffer;
        this.receiver = receiver;
        this.lost = lost;
    }

    @Override
    public void onOpen(WebSocket open) {
        socket = open;
        seenNanos = System.nanoTime();
        open.request(1);
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
        if (fits(text.length() + (long) part.length(), last)) {
            text.append(part);
            if (last) {
                receiver.text(text.toString());
            }
        }
        done(from, last);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer part, boolean last) {
        if (fits(bytes.size() + (long) part.remaining(), last)) {
            byte[] more = new byte[part.remaining()];
            part.get(more);
            bytes.writeBytes(more);
            if (last) {
                receiver.bytes(bytes.toByteArray());
            }
        }
        done(from, last);
        return null;
    }

    /** Returns whether a message still fits. A message that is too large is discarded as it arrives, however long it is. */
    private boolean fits(long size, boolean last) {
        if (!skipping && size > maxBytes) {
            skipping = true;
            text.setLength(0);
            text.trimToSize();
            bytes.reset();
            receiver.tooLarge();
        }
        boolean fits = !skipping;
        skipping &= !last;
        return fits;
    }

    private void done(WebSocket from, boolean last) {
        if (last) {
            text.setLength(0);
            bytes.reset();
        }
        next(from);
    }

    private void next(WebSocket from) {
        seenNanos = System.nanoTime();
        synchronized (this) {
            waiting = buffer.isFull();
            if (waiting) {
                return;
            }
        }
        from.request(1);
    }

    /** Resumes reading if it was suspended and the buffer has room again. */
    void goOn() {
        WebSocket from = socket;
        synchronized (this) {
            if (!waiting || from == null || !buffer.hasRoom()) {
                return;
            }
            waiting = false;
        }
        seenNanos = System.nanoTime();
        from.request(1);
    }

    @Override
    public @Nullable CompletionStage<?> onPing(WebSocket from, ByteBuffer message) {
        next(from);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onPong(WebSocket from, ByteBuffer message) {
        next(from);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        lost.accept(this, "closed by the server, code " + code);
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable thrown) {
        lost.accept(this, String.valueOf(thrown.getMessage()));
    }

    /** Returns for how long nothing has arrived; 0 while reading is suspended, because nothing can arrive then. */
    synchronized long silentNanos() {
        return waiting ? 0 : System.nanoTime() - seenNanos;
    }

    /** Sends a ping. */
    void ping() {
        with(open -> open.sendPing(ByteBuffer.allocate(0)));
    }

    /** Stops reading and closes the connection. */
    void close() {
        with(open -> open.sendClose(WebSocket.NORMAL_CLOSURE, "").whenComplete((done, thrown) -> open.abort()));
    }

    void abort() {
        with(WebSocket::abort);
    }

    private void with(Consumer<WebSocket> use) {
        WebSocket open = socket;
        if (open != null) {
            use.accept(open);
        }
    }
}
