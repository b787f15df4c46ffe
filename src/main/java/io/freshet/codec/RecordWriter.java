package io.freshet.codec;

import java.util.Optional;

/** How encoded records follow each other in one text. */
public enum RecordWriter {

    NDJSON("application/x-ndjson", "", "", "\n", ""),
    JSON("application/json", "[", ",", "", "]"),
    CSV("text/csv", "", "", "\n", "");

    private final String mediaType;
    private final String begin;
    private final String between;
    private final String after;
    private final String end;

    RecordWriter(String mediaType, String begin, String between, String after, String end) {
        this.mediaType = mediaType;
        this.begin = begin;
        this.between = between;
        this.after = after;
        this.end = end;
    }

    public static Optional<RecordWriter> find(String id) {
        return java.util.Arrays.stream(values()).filter(writer -> writer.id().equals(id)).findFirst();
    }

    /** The name in the API. */
    public String id() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    public String mediaType() {
        return mediaType;
    }

    /** What stands before the first record. */
    public String begin() {
        return begin;
    }

    /** What stands behind the last record. */
    public String end() {
        return end;
    }

    /**
     * The records as one run of bytes.
     *
     * @param first whether no records were written before these
     */
    public byte[] write(EncodedRecords records, boolean first) {
        int size = 0;
        for (int i = 0; i < records.size(); i++) {
            size += records.length(i) + between.length() + after.length();
        }
        byte[] out = new byte[size];
        int at = 0;
        for (int i = 0; i < records.size(); i++) {
            if (!between.isEmpty() && !(first && i == 0)) {
                out[at++] = (byte) between.charAt(0);
            }
            int length = records.length(i);
            System.arraycopy(records.bytes(), records.start(i), out, at, length);
            at += length;
            if (!after.isEmpty()) {
                out[at++] = (byte) after.charAt(0);
            }
        }
        return at == size ? out : java.util.Arrays.copyOf(out, at);
    }
}
