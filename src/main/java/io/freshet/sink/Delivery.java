package io.freshet.sink;

/** The outcome of handing a batch to a guarded sink. */
public sealed interface Delivery {

    /** The receiver has all records. */
    record Delivered() implements Delivery {
    }

    /**
     * All attempts failed.
     *
     * @param permanent whether another attempt is pointless
     */
    record Failed(String reason, boolean permanent) implements Delivery {
    }
}
