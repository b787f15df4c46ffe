package io.freshet.stream.engine;

/**
 * Limits how many records may travel together, so that a batch stays within a number of bytes. Confined to the stream's thread.
 */
final class BatchSizeLimit {

    private final long maxBytes;
    private double bytesPerRecord;

    BatchSizeLimit(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Returns the limit, at least one, derived from the size of the most recent records. */
    int records() {
        return (int) Math.max(1, Math.min(Integer.MAX_VALUE, maxBytes / Math.max(1, bytesPerRecord)));
    }

    /** Notes the size of some records. The limit drops at once and rises slowly, so that it copes with alternating sizes. */
    void note(long bytes, int records) {
        if (records > 0) {
            bytesPerRecord = Math.max(bytes / (double) records, bytesPerRecord / 2);
        }
    }
}
