package io.freshet.table;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.zip.GZIPInputStream;

import org.jspecify.annotations.Nullable;

import io.airlift.compress.MalformedInputException;
import io.airlift.compress.zstd.ZstdInputStream;

/**
 * Decompresses gzip and zstd, which the first bytes tell. Reading is streamed, so that a small input that becomes very large
 * takes no memory; an input that expands more than tables do is refused.
 */
final class CompressedInput extends FilterInputStream {

    private static final int BUFFER = 1 << 16;
    /** Tables rarely shrink to less than a fiftieth. */
    private static final long MAX_RATIO = 250;
    private static final long UNCHECKED_BYTES = 256L << 20;

    private final Counted compressed;
    private final String format;
    private long read;

    private CompressedInput(InputStream decompressed, Counted compressed, String format) {
        super(decompressed);
        this.format = format;
        this.compressed = compressed;
    }

    /** Returns the input itself if it is not compressed. */
    static InputStream of(InputStream in) throws IOException {
        byte[] start = in.readNBytes(4);
        InputStream all = new SequenceInputStream(new ByteArrayInputStream(start), in);
        boolean gzip = startsWith(start, 0x1F, 0x8B);
        if (!gzip && !startsWith(start, 0x28, 0xB5, 0x2F, 0xFD)) {
            return all;
        }
        String format = gzip ? "gzip" : "zstd";
        Counted counted = new Counted(all);
        try {
            return new CompressedInput(gzip ? new GZIPInputStream(counted, BUFFER) : new ZstdInputStream(counted), counted,
                    format);
        } catch (IOException e) {
            throw damaged(format, e);
        }
    }

    private static boolean startsWith(byte[] bytes, int... mark) {
        for (int i = 0; i < mark.length; i++) {
            if (i >= bytes.length || (bytes[i] & 0xFF) != mark[i]) {
                return false;
            }
        }
        return true;
    }

    private static TableException damaged(String format, Exception e) {
        return new TableException("the compressed input (" + format + ") is damaged: "
                + (e instanceof EOFException ? "it ends too early" : e.getMessage()));
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        int count;
        try {
            count = in.read(bytes, from, length);
        } catch (IOException | MalformedInputException | IllegalStateException e) {
            if (e == compressed.failure) {
                throw e;
            }
            throw damaged(format, e);
        }
        read += Math.max(0, count);
        if (read > UNCHECKED_BYTES && read / MAX_RATIO > compressed.count) {
            throw new TableException("the compressed input expands to more than " + MAX_RATIO
                    + " times its size, which no table does; send it uncompressed");
        }
        return count;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    /** Counts what is read, and remembers a failure of the input itself. */
    private static final class Counted extends FilterInputStream {
        private long count;
        private @Nullable IOException failure;

        Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            try {
                int read = in.read(bytes, from, length);
                count += Math.max(0, read);
                return read;
            } catch (IOException e) {
                failure = e;
                throw e;
            }
        }
    }
}
