package io.freshet.sink;

/** A batch was not delivered. The message is for the operator. */
public sealed class DeliveryException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private DeliveryException(String message, Throwable cause) {
        super(message, cause);
    }

    /** It may work when tried again. */
    public static final class Transient extends DeliveryException {
        private static final long serialVersionUID = 1L;

        public Transient(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** It will never work: the record is too large, say. */
    public static final class Permanent extends DeliveryException {
        private static final long serialVersionUID = 1L;

        public Permanent(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
