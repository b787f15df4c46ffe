package io.freshet.sink;

/** The outcome of handing a batch to a sink. Transient and permanent failures differ, because retrying needs to know. */
public sealed interface Delivery {

    /** The receiver has all records but those it refused, each with a reason. */
    record Delivered() implements Delivery {
    }

    /** The receiver may not have the records that are still open; another attempt may work. */
    record TransientFailure(String reason) implements Failure {
    }

    /** The receiver will never take the records that are still open: they are too large, say, or of a form it does not know. */
    record PermanentFailure(String reason) implements Failure {
    }

    /** Something went wrong. */
    sealed interface Failure extends Delivery permits TransientFailure, PermanentFailure {

        /** For the operator: no secrets, no payload. */
        String reason();
    }

    static Delivery delivered() {
        return new Delivered();
    }
}
