package io.freshet.security;

import java.time.Duration;
import java.util.Locale;

import org.jboss.logging.Logger;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;

/** Limits how long clients may take to send the head of a request, and its body unless it is streamed. */
final class SlowRequests {

    private static final Logger LOG = Logger.getLogger(SlowRequests.class);

    private final Duration maxForBody;
    private final SocketLimits sockets;

    SlowRequests(Duration maxForHead, Duration maxForBody, SocketLimits sockets) {
        this.maxForBody = maxForBody;
        this.sockets = sockets;
        SlowHeaderGuard.watch(maxForHead.toNanos());
    }

    /** Handles a request whose head has arrived. */
    void arrived(RoutingContext context) {
        HttpServerRequest request = context.request();
        SocketAddress from = request.connection().remoteAddress();
        if (from != null && from.hostAddress() != null) {
            SlowHeaderGuard.Conversation conversation = SlowHeaderGuard.from(from.hostAddress(), from.port());
            if (conversation != null && (isSocket(request) || request.version() == HttpVersion.HTTP_2)) {
                conversation.isFree();
            } else if (conversation != null) {
                conversation.begins();
                context.addEndHandler(ended -> conversation.ends());
            }
        }
        if (isSocket(request) && request.connection() instanceof ConnectionBase connection) {
            SocketGuard.addTo(connection.channel().pipeline(), sockets);
        }
        if (BodyLimits.isDocument(request) && !request.isEnded()) {
            limit(context, request);
        }
    }

    private static boolean isSocket(HttpServerRequest request) {
        String upgrade = request.getHeader("Upgrade");
        return upgrade != null && upgrade.toLowerCase(Locale.ROOT).contains("websocket");
    }

    private void limit(RoutingContext context, HttpServerRequest request) {
        long timer = context.vertx().setTimer(maxForBody.toMillis(), late -> {
            if (!request.isEnded()) {
                LOG.debugf("Closing a connection because a body took too long: method=%s", request.method());
                request.connection().close();
            }
        });
        context.addEndHandler(ended -> context.vertx().cancelTimer(timer));
    }
}
