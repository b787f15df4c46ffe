package io.freshet.api;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jboss.logging.Logger;

import io.freshet.security.SocketCloses;
import io.freshet.sink.live.Broadcaster;
import io.freshet.sink.live.SlowConsumerStrategy;
import io.freshet.stream.Streams;
import io.freshet.stream.cluster.StreamCluster;
import io.freshet.stream.definition.Shard;
import io.freshet.stream.definition.SinkDefinition;
import io.freshet.stream.engine.Stream;
import io.quarkus.websockets.next.CloseReason;
import io.quarkus.websockets.next.InboundProcessingMode;
import io.quarkus.websockets.next.OnError;
import io.quarkus.websockets.next.OnOpen;
import io.quarkus.websockets.next.OnTextMessage;
import io.quarkus.websockets.next.PathParam;
import io.quarkus.websockets.next.WebSocket;
import io.quarkus.websockets.next.WebSocketConnection;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;

/**
 * Sends the records of a running stream; {@code ?strategy=} selects what happens when the client is too slow, and
 * {@code ?filter=} which records it receives.
 */
@WebSocket(path = "/streams/{name}", inboundProcessingMode = InboundProcessingMode.CONCURRENT)
public class FollowSocket {

    private static final Logger LOG = Logger.getLogger(FollowSocket.class);
    private static final String STRATEGY = "strategy";

    private final Streams streams;
    private final StreamCluster shared;
    private final Broadcaster feed;
    private final SocketLimit limit;

    public FollowSocket(Streams streams, StreamCluster shared, Broadcaster feed, SocketLimit limit) {
        this.streams = streams;
        this.shared = shared;
        this.feed = feed;
        this.limit = limit;
    }

    @OnOpen
    Multi<String> open(WebSocketConnection connection, @PathParam String name) {
        return limit.refusal(connection).or(() -> SocketQuery.refusal(connection, List.of(STRATEGY, RecordFilter.PARAMETER)))
                .orElseGet(() -> follow(connection, name));
    }

    private Multi<String> follow(WebSocketConnection connection, String name) {
        Map<String, String> query = SocketQuery.of(connection);
        String wanted = query.getOrDefault(STRATEGY, SlowConsumerStrategy.DROP_OLDEST.id());
        SlowConsumerStrategy strategy = SlowConsumerStrategy.find(wanted).orElse(null);
        if (strategy == null) {
            return refuse(connection, "unknown strategy " + wanted + "; expected one of " + SlowConsumerStrategy.ids());
        }
        Stream stream = streams.find(name).or(() -> streams.shards(name).stream().findFirst()).orElse(null);
        if (stream == null) {
            return Uni.createFrom()
                    .item(() -> shared.elsewhere(name).or(() -> shared.elsewhere(Shard.name(name, 0))).isPresent())
                    .runSubscriptionOn(Infrastructure.getDefaultWorkerPool()).onItem()
                    .transformToMulti(elsewhere -> elsewhere ? sendAway(connection, name)
                            : refuse(connection, "unknown stream " + name));
        }
        if (stream.definition().sinks().stream().noneMatch(SinkDefinition.ToWebSocket.class::isInstance)) {
            return refuse(connection, "stream " + name + " has no websocket sink");
        }
        Optional<RecordFilter> filter;
        try {
            filter = RecordFilter.of(query.get(RecordFilter.PARAMETER));
        } catch (IllegalArgumentException e) {
            return refuse(connection, RecordFilter.PARAMETER + " " + e.getMessage());
        }
        Multi<String> messages = feed.subscribe(name, strategy);
        return ConnectionContext.emitOn(filter.map(chosen -> filtered(messages, chosen)).orElse(messages)).onCompletion()
                .call(() -> Uni.createFrom().item(() -> ending(name))
                        .runSubscriptionOn(Infrastructure.getDefaultWorkerPool()).chain(reason -> connection.close(reason)));
    }

    /** On a thread other than the stream's, so that a slow filter cannot slow the stream; its queue holds one message. */
    private static Multi<String> filtered(Multi<String> messages, RecordFilter filter) {
        return messages.emitOn(Infrastructure.getDefaultWorkerPool(), 1).map(filter::reduce).filter(Optional::isPresent)
                .map(Optional::get);
    }

    /**
     * Returns why the socket closes. If the stream only moves to another instance, the client can connect again to follow it.
     */
    private CloseReason ending(String name) {
        return streams.isShuttingDown() || shared.elsewhere(name).isPresent()
                ? SocketCloses.restart("the stream moves to another instance; connect again")
                : CloseReason.NORMAL;
    }

    private static Multi<String> refuse(WebSocketConnection connection, String reason) {
        return Multi.createFrom().item(Generation.error(reason)).onCompletion().call(connection::close);
    }

    /** Asks the client to connect again, because another connection may reach the right instance. */
    private static Multi<String> sendAway(WebSocketConnection connection, String name) {
        String reason = "the stream " + name + " runs on another instance; connect again";
        return Multi.createFrom().item(Generation.error(reason)).onCompletion()
                .call(() -> connection.close(SocketCloses.tryAgainLater(reason)));
    }

    /** Handles the failure of a write, which means that the client has disconnected. */
    @OnError
    void error(Throwable e) {
        LOG.debugf("A socket that follows a stream failed: %s", e.getMessage());
    }

    @OnTextMessage
    Uni<Void> message(String message, WebSocketConnection connection) {
        return RequestQueue.take(connection, message, any -> Multi.createFrom()
                .item(Generation.error("this socket accepts no messages; it only sends the records of the stream")));
    }
}
