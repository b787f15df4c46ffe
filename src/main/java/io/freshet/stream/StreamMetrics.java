package io.freshet.stream;

/** What is measured of one running stream; beside it, so that the stream knows no metrics library. */
public interface StreamMetrics {

    /** Measures nothing. */
    StreamMetrics NONE = new StreamMetrics() {
    };

    default void generated(int records) {
    }

    default void delivered(String sink, int records, long nanos) {
    }

    default void failed(String sink, int records) {
    }
}
