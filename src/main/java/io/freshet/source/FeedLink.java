package io.freshet.source;

import java.io.ByteArrayOutputStream;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * One connection to a feed: puts messages together, and asks for the next only while there is room for it. Called by one
 * thread of the client at a time.
 */
final class FeedLink implements WebSocket.Listener {

    /** What becomes of a message. */
    interface Receiver {
        void text(String message);

        void bytes(byte[] message);

        void tooLarge();
    }

    private final int mostBytes;
    private final FeedBuffer buffer;
    private final Receiver receiver;
    private final BiConsumer<FeedLink, String> lost;
    private final StringBuilder text = new StringBuilder();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private boolean skipping;
    private boolean waiting;
    private volatile @Nullable WebSocket socket;
    private volatile long seenNanos = System.nanoTime();

    /** @param lost told why the connection is no more */
    FeedLink(int mostBytes, FeedBuffer buffer, Receiver receiver, BiConsumer<FeedLink, String> lost) {
        this.mostBytes = mostBytes;
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

    /** Of a message that is too large nothing is kept, however long it goes on. */
    private boolean fits(long size, boolean last) {
        if (!skipping && size > mostBytes) {
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

    /** Reads on, if it waits and there is room again. */
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

    /** For how long nothing has come; 0 while it is not read because there is no room: then nothing can come. */
    synchronized long silentNanos() {
        return waiting ? 0 : System.nanoTime() - seenNanos;
    }

    /** Asks for a sign of life. */
    void ping() {
        with(open -> open.sendPing(ByteBuffer.allocate(0)));
    }

    /** Says that no more is wanted, and ends the connection. */
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
