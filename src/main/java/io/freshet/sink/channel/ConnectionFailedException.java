package io.freshet.sink.channel;

/** A message was not sent, or not acknowledged, because of the connection to its broker. It can be sent again. */
public final class ConnectionFailedException extends Exception {

    private static final long serialVersionUID = 1;

    /** @param reason for the operator, without secrets and payload */
    public ConnectionFailedException(String reason) {
        super(reason, null, false, false);
    }
}
