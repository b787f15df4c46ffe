package io.freshet.api;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Sends messages that nearly make sense to the sockets. Each has to be answered, or the socket closed with a code that blames
 * the client. The same seed sends the same messages.
 */
final class SocketFuzz {

    private static final List<String> PATHS = List.of("/", "/synthetic", "/streams/fuzz", "/alerts", "/synthetic?model=fuzz",
            "/streams/none", "/streams/fuzz?strategy=close", "/?straem=a");
    private static final List<String> MESSAGES = List.of("", "{}", "[]", "null", "7", "{", "{\"action\":\"generate\"}",
            "{\"action\":\"generate\",\"count\":3}", "{\"action\":\"generate\",\"n_samples\":2}",
            "{\"action\":\"generate\",\"count\":-1}", "{\"action\":\"generate\",\"count\":1e308}",
            "{\"action\":\"stream\",\"n_batches\":2,\"batch_size\":1}", "{\"action\":\"stream\",\"n_batches\":\"x\"}",
            "{\"action\":\"stats\"}", "{\"action\":[]}", "{\"action\":\"generate\",\"model\":\"none\"}",
            "{\"action\":\"generate\",\"model\":\"fuzz\",\"count\":2,\"conditions\":{\"a\":{\"gte\":1}}}",
            "{\"action\":\"generate\",\"conditions\":{\"a\":{\"between\":[1]}}}", "[".repeat(3000), "x".repeat(70_000),
            "{\"action\":\"generate\",\"count\":1,\"count\":2}", "\u0000");
    private static final int SERVER_ERROR = 1011;
    private static final int ABNORMAL = 1006;
    private static final long PATIENCE_SECONDS = 30;

    private final HttpClient client = HttpClient.newHttpClient();
    private final String base;
    private final Random random;
    private final Map<Integer, Integer> closes = new TreeMap<>();
    private final List<String> defects = new ArrayList<>();

    /** What came from the service: a text, or the code of a close. */
    private record Received(int close, String text) {
    }

    private static final class Inbox implements WebSocket.Listener {

        private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                received.add(new Received(0, text.toString()));
                text.setLength(0);
            }
            socket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            received.add(new Received(code, reason));
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            received.add(new Received(ABNORMAL, String.valueOf(error)));
        }
    }

    SocketFuzz(String base, long seed) {
        this.base = base.replaceFirst("^http", "ws");
        this.random = new Random(seed);
    }

    Map<Integer, Integer> closes() {
        return Map.copyOf(closes);
    }

    List<String> defects() {
        return List.copyOf(defects);
    }

    SocketFuzz send(int messages) throws InterruptedException {
        for (int sent = 0; sent < messages;) {
            String path = PATHS.get(random.nextInt(PATHS.size()));
            Inbox inbox = new Inbox();
            WebSocket socket;
            try {
                socket = client.newWebSocketBuilder().buildAsync(URI.create(base + path), inbox).join();
            } catch (CompletionException e) {
                // refused with an answer of HTTP
                sent++;
                continue;
            }
            boolean open = true;
            for (int i = 0; i < 20 && open; i++, sent++) {
                open = one(socket, inbox, path);
            }
            socket.abort();
        }
        return this;
    }

    /** Returns whether the socket is still open. */
    private boolean one(WebSocket socket, Inbox inbox, String path) throws InterruptedException {
        String message = changed(MESSAGES.get(random.nextInt(MESSAGES.size())));
        try {
            if (random.nextInt(10) == 0) {
                socket.sendBinary(ByteBuffer.wrap(new byte[random.nextInt(100)]), true).join();
            } else {
                socket.sendText(message, true).join();
            }
        } catch (CompletionException e) {
            // the service may have closed the socket for an earlier message
            note(inbox, path);
            return false;
        }
        boolean answers = path.startsWith("/synthetic") || path.equals("/");
        Received received = inbox.received.poll(answers ? PATIENCE_SECONDS * 1000 : 5, TimeUnit.MILLISECONDS);
        String shown = path + " " + message.substring(0, Math.min(200, message.length()));
        if (received == null) {
            if (answers) {
                defects.add("no answer: " + shown);
            }
            return !answers;
        }
        for (Received each = received; each != null; each = inbox.received.poll()) {
            if (ApiFuzz.CLASS.matcher(each.text()).find() || each.close() == SERVER_ERROR || each.close() == ABNORMAL) {
                defects.add(shown + " → " + each);
            }
            if (each.close() != 0) {
                closes.merge(each.close(), 1, Integer::sum);
                return false;
            }
        }
        return true;
    }

    private void note(Inbox inbox, String path) throws InterruptedException {
        Received received = inbox.received.poll(1, TimeUnit.SECONDS);
        while (received != null && received.close() == 0) {
            received = inbox.received.poll(1, TimeUnit.SECONDS);
        }
        if (received == null || received.close() == SERVER_ERROR) {
            defects.add(path + " is closed without a reason of the client's: " + received);
        } else {
            closes.merge(received.close(), 1, Integer::sum);
        }
    }

    private String changed(String message) {
        StringBuilder changed = new StringBuilder(message);
        for (int i = random.nextInt(3); i > 0 && changed.length() > 0 && random.nextBoolean(); i--) {
            changed.setCharAt(random.nextInt(changed.length()), (char) (32 + random.nextInt(400)));
        }
        return changed.toString();
    }
}
