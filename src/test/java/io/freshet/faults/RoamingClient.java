package io.freshet.faults;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Clients as they are behind a load balancer: each asks one instance after the other, and the next one when an instance does
 * not answer.
 */
final class RoamingClient implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE)
            .build();
    private final List<URI> instances;
    private volatile boolean closed;
    final AtomicLong answered = new AtomicLong();
    final AtomicLong turnedAway = new AtomicLong();
    final AtomicLong unanswered = new AtomicLong();
    final AtomicLong messages = new AtomicLong();
    final Set<Integer> closeCodes = new ConcurrentSkipListSet<>();

    RoamingClient(List<URI> instances) {
        this.instances = instances;
    }

    private void start(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Asks for samples, again and again. */
    void ask(String path) {
        start("asks", () -> {
            for (int i = 0; !closed; i++) {
                boolean got = false;
                for (int j = 0; j < instances.size() && !got; j++) {
                    got = isAnswered(instances.get((i + j) % instances.size()), path);
                    turnedAway.addAndGet(got ? 0 : 1);
                }
                (got ? answered : unanswered).incrementAndGet();
                Processes.pause(Duration.ofMillis(20));
            }
        });
    }

    private boolean isAnswered(URI instance, String path) {
        try {
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(instance.resolve(path)).timeout(PATIENCE).build(),
                    HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() == 200 && !answer.body().isEmpty();
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Follows a socket, that of another instance when one ends; counts messages that have this in them. */
    void follow(String path, String part, String... sent) {
        start("follows", () -> {
            for (int i = 0; !closed; i++) {
                URI instance = instances.get(i % instances.size());
                listen(URI.create("ws" + instance.toString().substring("http".length()) + path), part, sent);
                Processes.pause(Duration.ofMillis(50));
            }
        });
    }

    private void listen(URI address, String part, String... sent) {
        CompletableFuture<Integer> ended = new CompletableFuture<>();
        WebSocket socket;
        try {
            socket = client.newWebSocketBuilder().connectTimeout(PATIENCE).buildAsync(address, new Counter(part, ended, sent))
                    .join();
        } catch (CompletionException e) {
            return;
        }
        try {
            while (!closed && !ended.isDone()) {
                try {
                    closeCodes.add(ended.get(200, TimeUnit.MILLISECONDS));
                } catch (TimeoutException e) {
                    continue;
                }
            }
        } catch (ExecutionException e) {
            // cut off
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        } finally {
            socket.abort();
        }
    }

    @Override
    public void close() {
        closed = true;
    }

    /** Says what it has to say when it begins and after each message it counts. */
    private final class Counter implements WebSocket.Listener {
        private final String part;
        private final CompletableFuture<Integer> ended;
        private final String[] sent;
        private final StringBuilder text = new StringBuilder();

        Counter(String part, CompletableFuture<Integer> ended, String... sent) {
            this.part = part;
            this.ended = ended;
            this.sent = sent;
        }

        @Override
        public void onOpen(WebSocket socket) {
            say(socket);
            socket.request(1);
        }

        private void say(WebSocket socket) {
            for (String message : sent) {
                socket.sendText(message, true);
            }
        }

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                if (text.indexOf(part) >= 0) {
                    messages.incrementAndGet();
                    say(socket);
                }
                text.setLength(0);
            }
            socket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            ended.complete(code);
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            ended.completeExceptionally(error);
        }
    }
}
