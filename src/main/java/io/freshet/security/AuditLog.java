package io.freshet.security;

import org.jboss.logging.Logger;

import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;

/** Logs who changed what: one line for each request that changes something and for each rejected request, never with a body. */
final class AuditLog {

    private static final Logger LOG = Logger.getLogger("freshet.audit");
    private static final int LONGEST = 200;

    private AuditLog() {
    }

    static void changed(Caller caller, RoutingContext context, String outcome) {
        LOG.infof("Change: who=%s role=%s method=%s path=%s status=%s from=%s", caller.name(), caller.role().id(),
                context.request().method(), harmless(context.normalizedPath()), outcome, address(context));
    }

    static void refused(String who, RoutingContext context, int status) {
        LOG.warnf("Request rejected: who=%s method=%s path=%s status=%d from=%s", who,
                harmless(context.request().method().name()), harmless(context.normalizedPath()), status, address(context));
    }

    private static String address(RoutingContext context) {
        SocketAddress from = context.request().remoteAddress();
        return from == null || from.hostAddress() == null ? "unknown" : from.hostAddress();
    }

    /** Returns an untrusted text as a single word: characters that could imitate another line or another key are replaced. */
    static String harmless(String text) {
        StringBuilder safe = new StringBuilder();
        text.codePoints().limit(LONGEST)
                .forEach(c -> safe.appendCodePoint(c <= ' ' || c == '=' || Character.getType(c) == Character.CONTROL
                        || Character.getType(c) == Character.FORMAT || c == 0x2028 || c == 0x2029 || c == 0x7f ? '_' : c));
        return safe.toString();
    }
}
