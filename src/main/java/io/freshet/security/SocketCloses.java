package io.freshet.security;

import io.quarkus.websockets.next.CloseReason;

/** Why the service ends sockets, by the codes that are registered for it (RFC 6455, IANA). */
public final class SocketCloses {

    private static final int POLICY_VIOLATION = 1008;
    private static final int SERVICE_RESTART = 1012;
    private static final int TRY_AGAIN_LATER = 1013;

    private SocketCloses() {
    }

    /** The client may not go on. */
    public static CloseReason notAllowed(String reason) {
        return new CloseReason(POLICY_VIOLATION, reason);
    }

    /** The client may connect again, to this instance or another. */
    public static CloseReason restart(String reason) {
        return new CloseReason(SERVICE_RESTART, reason);
    }

    /** What the client wants is not to be had now. */
    public static CloseReason tryAgainLater(String reason) {
        return new CloseReason(TRY_AGAIN_LATER, reason);
    }
}
