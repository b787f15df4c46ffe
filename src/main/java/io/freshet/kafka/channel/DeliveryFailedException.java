package io.freshet.kafka.channel;

import io.freshet.sink.Delivery;

/** Rejects a message whose batches were not delivered. */
final class DeliveryFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Delivery.Failure failure;

    DeliveryFailedException(Delivery.Failure failure) {
        super(failure.reason(), null, false, false);
        this.failure = failure;
    }

    Delivery.Failure failure() {
        return failure;
    }
}
