package io.freshet.sink;

/** The outcome of handing a batch to a sink. Transient and permanent failures differ, because retrying needs to know. */
public sealed interface Delivery {

    /** The receiver has all records. */
    record Delivered() implements Delivery {
    }

    /** The receiver may not have all records; another attempt may work. */
    record TransientFailure(String reason) implements Failure {
    }

    /** Another attempt fails the same way until somebody changes something: a record is too large, say, or access is denied. */
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
