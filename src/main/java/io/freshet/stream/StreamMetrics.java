package io.freshet.stream;

/** What is measured of one running stream; beside it, so that the stream knows no metrics library. */
public interface StreamMetrics {

    /** Measures nothing. */
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
     * Records that the sink did not take, after all attempts of its guard; they are tried again, or have become dead letters.
     *
     * @param share of the delivery they are
     */
    default void refused(String sink, int records, double share, String reason) {
    }

    /** Records that were kept as dead letters. */
    default void deadLettered(String sink, int records) {
    }

    /** Records for which there was no room. */
    default void dropped(String sink, int records) {
    }

    /** Records of a batch that is tried again. */
    default void retried(String sink, int records) {
    }

    /** Records that were given up because the stream is stopped. */
    default void failed(String sink, int records) {
    }
}
