package io.freshet.security;

import io.quarkus.websockets.next.CloseReason;

/** The reasons for which the service closes sockets, with their registered codes (RFC 6455, IANA). */
public final class SocketCloses {

    private static final int POLICY_VIOLATION = 1008;
    private static final int SERVICE_RESTART = 1012;
    private static final int TRY_AGAIN_LATER = 1013;

    private SocketCloses() {
    }

    /** Returns a close reason for a client that is no longer allowed to use the socket. */
    public static CloseReason notAllowed(String reason) {
        return new CloseReason(POLICY_VIOLATION, reason);
    }

    /** Returns a close reason for a client that may reconnect, to this instance or another. */
    public static CloseReason restart(String reason) {
        return new CloseReason(SERVICE_RESTART, reason);
    }

    /** Returns a close reason for a request that cannot be fulfilled now. */
    public static CloseReason tryAgainLater(String reason) {
        return new CloseReason(TRY_AGAIN_LATER, reason);
    }
}
