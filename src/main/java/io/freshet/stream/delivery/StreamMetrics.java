package io.freshet.stream.delivery;

/** The measurements of one running stream. The interface keeps the stream free of a metrics library. */
public interface StreamMetrics {

    /** Discards all measurements. */
    StreamMetrics NONE = new StreamMetrics() {
    };

    default void generated(int records) {
    }

    /**
     * @param nanos from the first attempt to the acknowledgement
     */
    default void delivered(String sink, int records, long nanos) {
    }

    /**
     * Records that the sink did not accept, after all attempts of its guard; they are retried, or have become dead letters.
     *
     * @param share which part of the delivery they are, 0 to 1
     */
    default void refused(String sink, int records, double share, String reason) {
    }

    /** Records that were kept as dead letters. */
    default void deadLettered(String sink, int records) {
    }

    /** Records that were dropped because the queue was full. */
    default void dropped(String sink, int records) {
    }

    /** Records of a batch that is retried. */
    default void retried(String sink, int records) {
    }

    /** Records that were abandoned because the stream is stopped. */
    default void failed(String sink, int records) {
    }
}
