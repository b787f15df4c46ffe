package io.freshet.sink;

/** The outcome of a delivery attempt. Transient and permanent failures differ, because only transient ones are retried. */
public sealed interface Delivery {

    /** The receiver has all records except those it rejected, each with a reason. */
    record Delivered() implements Delivery {
    }

    /** The receiver may not have the records that are still open; another attempt may succeed. */
    record TransientFailure(String reason) implements Failure {
    }

    /**
     * The receiver will never accept the records that are still open, for example because they are too large or in an unknown
     * format.
     */
    record PermanentFailure(FailureCode code, String reason) implements Failure {

        /** Creates a failure without a specific code. */
        public PermanentFailure(String reason) {
            this(FailureCode.REJECTED, reason);
        }
    }

    /** A failed attempt. */
    sealed interface Failure extends Delivery permits TransientFailure, PermanentFailure {

        /** Returns the reason for the operator, without secrets and payload. */
        String reason();
    }

    static Delivery delivered() {
        return new Delivered();
    }
}
