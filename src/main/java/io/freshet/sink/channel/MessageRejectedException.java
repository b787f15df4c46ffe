package io.freshet.sink.channel;

import io.freshet.sink.FailureCode;

/** The broker will never accept a message, so that its record becomes a dead letter instead of being sent again. */
public final class MessageRejectedException extends Exception {

    private static final long serialVersionUID = 1;

    private final FailureCode code;

    /** @param reason for the operator, without secrets and payload */
    public MessageRejectedException(FailureCode code, String reason) {
        super(reason, null, false, false);
        this.code = code;
    }

    FailureCode code() {
        return code;
    }
}
