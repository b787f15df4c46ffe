package io.freshet.codec;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How encoded records are joined into one text. */
public enum RecordWriter {

    NDJSON("application/x-ndjson", "", ""),
    JSON("application/json", "[", "]"),
    CSV("text/csv", "", "");

    private final String mediaType;
    private final String begin;
    private final String end;

    RecordWriter(String mediaType, String begin, String end) {
        this.mediaType = mediaType;
        this.begin = begin;
        this.end = end;
    }

    public static Optional<RecordWriter> find(String id) {
        return Arrays.stream(values()).filter(writer -> writer.id().equals(id)).findFirst();
    }

    /** Returns the name in the API. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    public String mediaType() {
        return mediaType;
    }

    /** Returns the text before the first record. */
    public String begin() {
        return begin;
    }

    /** Returns the text after the last record. */
    public String end() {
        return end;
    }

    /**
     * Returns the joined records.
     *
     * @param first whether these are the first records of the text
     */
    public byte[] write(EncodedRecords records, boolean first) {
        if (this != JSON) {
            return Arrays.copyOf(records.bytes(), records.used());
        }
        if (records.size() == 0) {
            return new byte[0];
        }
        int shift = first ? 0 : 1;
        byte[] out = new byte[records.used() - 1 + shift];
        System.arraycopy(records.bytes(), 0, out, shift, records.used() - 1);
        for (int i = first ? 1 : 0; i < records.size(); i++) {
            out[records.start(i) - 1 + shift] = ',';
        }
        return out;
    }

    /**
     * Writes the joined records. Line formats are written directly from the buffer, without a copy.
     *
     * @param first whether these are the first records of the text
     */
    public void write(EncodedRecords records, boolean first, OutputStream out) throws IOException {
        if (this == JSON) {
            out.write(write(records, first));
        } else {
            out.write(records.bytes(), 0, records.used());
        }
    }
}
