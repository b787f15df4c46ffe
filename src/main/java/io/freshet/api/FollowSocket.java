package io.freshet.api;

import org.jboss.logging.Logger;

import io.freshet.security.SocketCloses;
import io.freshet.sink.LiveFeed;
import io.freshet.sink.SlowConsumerStrategy;
import io.freshet.stream.SharedStreams;
import io.freshet.stream.SinkDefinition;
import io.freshet.stream.Stream;
import io.freshet.stream.Streams;
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

/** Follows a running stream; {@code ?strategy=} says what happens when the client is too slow. */
@WebSocket(path = "/streams/{name}", inboundProcessingMode = InboundProcessingMode.CONCURRENT)
public class FollowSocket {

    private static final Logger LOG = Logger.getLogger(FollowSocket.class);
    private static final String STRATEGY = "strategy=";

    private final Streams streams;
    private final SharedStreams shared;
    private final LiveFeed feed;
    private final SocketLimit limit;

    public FollowSocket(Streams streams, SharedStreams shared, LiveFeed feed, SocketLimit limit) {
        this.streams = streams;
        this.shared = shared;
        this.feed = feed;
        this.limit = limit;
    }

    @OnOpen
    Multi<String> open(WebSocketConnection connection, @PathParam String name) {
        return limit.refusal(connection).orElseGet(() -> follow(connection, name));
    }

    private Multi<String> follow(WebSocketConnection connection, String name) {
        String query = connection.handshakeRequest().query();
        String wanted = query != null && query.startsWith(STRATEGY) ? query.substring(STRATEGY.length())
                : SlowConsumerStrategy.DROP_OLDEST.id();
        SlowConsumerStrategy strategy = SlowConsumerStrategy.find(wanted).orElse(null);
        if (strategy == null) {
            return refuse(connection, "there is no strategy " + wanted + "; there are " + SlowConsumerStrategy.ids());
        }
        Stream stream = streams.find(name).orElse(null);
        if (stream == null) {
            return Uni.createFrom().item(() -> shared.elsewhere(name).isPresent())
                    .runSubscriptionOn(Infrastructure.getDefaultWorkerPool()).onItem()
                    .transformToMulti(elsewhere -> elsewhere ? sendAway(connection, name)
                            : refuse(connection, "there is no stream " + name));
        }
        if (stream.definition().sinks().stream().noneMatch(SinkDefinition.ToWebSocket.class::isInstance)) {
            return refuse(connection, "stream " + name + " has no websocket sink");
        }
        return feed.subscribe(name, strategy).onCompletion().call(() -> Uni.createFrom().item(() -> ending(name))
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool()).chain(reason -> connection.close(reason)));
    }

    /** A stream that only leaves this instance can be followed again. */
    private CloseReason ending(String name) {
        return streams.isShuttingDown() || shared.elsewhere(name).isPresent()
                ? SocketCloses.restart("the stream leaves this instance; connect again")
                : CloseReason.NORMAL;
    }

    private static Multi<String> refuse(WebSocketConnection connection, String reason) {
        return Multi.createFrom().item(Generation.error(reason)).onCompletion().call(connection::close);
    }

    /** Another connection may find the right instance. */
    private static Multi<String> sendAway(WebSocketConnection connection, String name) {
        String reason = "the stream " + name + " runs on another instance; connect again";
        return Multi.createFrom().item(Generation.error(reason)).onCompletion()
                .call(() -> connection.close(SocketCloses.tryAgainLater(reason)));
    }

    /** The client has gone while it was written to. */
    @OnError
    void error(Throwable e) {
        LOG.debugf("A follower's socket failed: %s", e.getMessage());
    }

    @OnTextMessage
    Uni<Void> message(String message, WebSocketConnection connection) {
        return SocketTurns.take(connection, message, any -> Multi.createFrom()
                .item(Generation.error("this socket takes no messages: it sends what the stream makes")));
    }
}
