package io.freshet.parquet;

import java.io.IOException;
import java.io.OutputStream;

/** Counts the bytes that pass, because a Parquet file refers to positions in itself. */
final class CountingOutput extends OutputStream {

    private final OutputStream out;
    private long count;

    CountingOutput(OutputStream out) {
        this.out = out;
    }

    long count() {
        return count;
    }

    @Override
    public void write(int b) throws IOException {
        out.write(b);
        count++;
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        out.write(bytes, from, length);
        count += length;
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
