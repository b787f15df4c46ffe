package io.freshet.api;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** A stream that copies what is read from it. */
final class CopiedInput extends FilterInputStream {

    private final OutputStream copy;
    private final long maxBytes;
    private long bytes;

    /** @param maxBytes the number of bytes that may be read */
    CopiedInput(InputStream in, OutputStream copy, long maxBytes) {
        super(in);
        this.copy = copy;
        this.maxBytes = maxBytes;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        int read = read(one, 0, 1);
        return read < 0 ? read : one[0] & 0xFF;
    }

    /** @throws ProblemException if there are more bytes than allowed */
    @Override
    public int read(byte[] to, int from, int size) throws IOException {
        int read = super.read(to, from, size);
        if (read > 0) {
            bytes += read;
            if (bytes > maxBytes) {
                throw new ProblemException(Problem.of(413, "body",
                        "a table to fit in the background may have at most " + (maxBytes >> 20) + " MB; fit it without"));
            }
            copy.write(to, from, read);
        }
        return read;
    }

    @Override
    public long skip(long size) throws IOException {
        long skipped = 0;
        while (skipped < size && read() >= 0) {
            skipped++;
        }
        return skipped;
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
