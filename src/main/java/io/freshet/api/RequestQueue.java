package io.freshet.api;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.freshet.security.SocketCloses;
import io.quarkus.websockets.next.UserData;
import io.quarkus.websockets.next.WebSocketConnection;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;

/**
 * Queues the requests of one connection. They are answered one at a time, and only a few may wait, because a client that keeps
 * sending requests without reading the answers would exhaust the memory.
 */
final class RequestQueue {

    static final int MAX_OPEN = 16;
    /** The maximum length of all waiting requests together; a single one may be longer. */
    private static final int MAX_CHARACTERS = 1 << 20;
    private static final UserData.TypedKey<RequestQueue> KEY = new UserData.TypedKey<>("freshet-turns");

    private CompletableFuture<@Nullable Void> last = CompletableFuture.completedFuture(null);
    private int open;
    private long characters;
    private boolean refused;

    /**
     * Sends the answers to a message when the previous ones have been sent; closes the connection when too many requests wait.
     * Must be called on the connection's own thread; other threads generate the answers.
     */
    static Uni<Void> take(WebSocketConnection connection, String message, Function<String, Multi<String>> answers) {
        RequestQueue turns = connection.userData().get(KEY);
        if (turns == null) {
            turns = new RequestQueue();
            connection.userData().put(KEY, turns);
        }
        return turns.next(connection, message, answers);
    }

    private synchronized Uni<Void> next(WebSocketConnection connection, String message,
            Function<String, Multi<String>> answers) {
        if (refused) {
            return Uni.createFrom().voidItem();
        }
        if (open == MAX_OPEN || open > 0 && characters + message.length() > MAX_CHARACTERS) {
            refused = true;
            return connection.close(SocketCloses.notAllowed("too many requests wait to be answered"));
        }
        open++;
        characters += message.length();
        CompletableFuture<@Nullable Void> before = last;
        CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
        last = done;
        Executor worker = Infrastructure.getDefaultWorkerPool();
        return Uni.createFrom().completionStage(before).emitOn(worker)
                .onItem().transformToMulti(any -> answers.apply(message))
                .onItem().call(answer -> connection.sendText(answer).emitOn(worker))
                .collect().last().replaceWithVoid().onTermination().invoke(() -> {
                    ended(message);
                    done.complete(null);
                });
    }

    private synchronized void ended(String message) {
        open--;
        characters -= message.length();
    }
}
