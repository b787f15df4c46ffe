package io.freshet.security;

import java.time.Duration;
import java.util.Locale;

import org.jboss.logging.Logger;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;

/** How long clients may take to say what they want: the head of a request, and the body of one that is no table. */
final class SlowRequests {

    private static final Logger LOG = Logger.getLogger(SlowRequests.class);

    private final Duration mostForBody;

    SlowRequests(Duration mostForHead, Duration mostForBody) {
        this.mostForBody = mostForBody;
        OpenChannels.watch(mostForHead.toNanos());
    }

    /** A head has come. */
    void arrived(RoutingContext context) {
        HttpServerRequest request = context.request();
        SocketAddress from = request.connection().remoteAddress();
        if (from != null && from.hostAddress() != null) {
            OpenChannels.Conversation conversation = OpenChannels.from(from.hostAddress(), from.port());
            if (conversation != null && (isSocket(request) || request.version() == HttpVersion.HTTP_2)) {
                conversation.isFree();
            } else if (conversation != null) {
                conversation.begins();
                context.addEndHandler(ended -> conversation.ends());
            }
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
        long timer = context.vertx().setTimer(mostForBody.toMillis(), late -> {
            if (!request.isEnded()) {
                LOG.debugf("A body took too long: method=%s", request.method());
                request.connection().close();
            }
        });
        context.addEndHandler(ended -> context.vertx().cancelTimer(timer));
    }
}
