package io.freshet.kafka.source;

/** Thrown when a message does not have the format of its topic; the message of the exception gives the reason. */
public final class MalformedMessageException extends Exception {

    private static final long serialVersionUID = 1L;

    MalformedMessageException(String reason) {
        super(reason);
    }
}
