package io.freshet.codec;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

import io.airlift.compress.zstd.ZstdOutputStream;

/** The compression of a whole text, such as a CSV file. */
public enum TextCompression {

    GZIP(".gz", "gzip"),
    ZSTD(".zst", "zstd");

    private static final Pattern REFUSED = Pattern.compile("q=0(\\.0*)?");

    private final String ending;
    private final String contentEncoding;

    TextCompression(String ending, String contentEncoding) {
        this.ending = ending;
        this.contentEncoding = contentEncoding;
    }

    /** Returns the compression of a file by the ending of its name; empty if it has none. */
    public static Optional<TextCompression> ofFileName(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return Arrays.stream(values()).filter(each -> lower.endsWith(each.ending)).findFirst();
    }

    /** Returns the name of a file without the ending of its compression. */
    public static String withoutEnding(String name) {
        return ofFileName(name).map(each -> name.substring(0, name.length() - each.ending.length())).orElse(name);
    }

    /** Returns the name in the HTTP headers Accept-Encoding and Content-Encoding. */
    public String contentEncoding() {
        return contentEncoding;
    }

    /**
     * Returns the compression that a client prefers by the header Accept-Encoding; of two, zstd. Empty if it accepts none.
     *
     * @param accepted the value of the header
     */
    public static Optional<TextCompression> accepted(String accepted) {
        Set<String> codings = new HashSet<>();
        for (String coding : accepted.toLowerCase(Locale.ROOT).split(",")) {
            String[] parts = coding.replace(" ", "").split(";", 2);
            if (parts.length == 1 || !REFUSED.matcher(parts[1]).matches()) {
                codings.add(parts[0]);
            }
        }
        return codings.contains(ZSTD.contentEncoding) ? Optional.of(ZSTD)
                : Optional.of(GZIP).filter(gzip -> codings.contains(gzip.contentEncoding));
    }

    /** Returns a stream that compresses. Closing it completes the text and closes the other stream. */
    public OutputStream compress(OutputStream out) throws IOException {
        return switch (this) {
            case GZIP -> new FastGzip(out);
            case ZSTD -> new ZstdOutputStream(out);
        };
    }

    /** Uses the fastest level: rows are repetitive, and higher levels cost more time than the saved bytes are worth. */
    private static final class FastGzip extends GZIPOutputStream {
        FastGzip(OutputStream out) throws IOException {
            super(out, 1 << 16);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }
}
