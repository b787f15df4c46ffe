package io.freshet.parquet;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** A stream over a range of a file. Several ranges of one file can be read alternately. */
final class ChannelRange extends InputStream {

    private final FileChannel channel;
    private long position;
    private final long end;

    ChannelRange(FileChannel channel, long start, long length) {
        if (start < 0 || length < 0) {
            throw new ParquetException("the Parquet file is damaged: a column starts at byte " + start + " and has " + length
                    + " bytes");
        }
        this.channel = channel;
        this.position = start;
        this.end = start + length;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        int wanted = (int) Math.min(length, end - position);
        if (wanted <= 0) {
            return length == 0 ? 0 : -1;
        }
        int read = channel.read(ByteBuffer.wrap(bytes, from, wanted), position);
        position += Math.max(0, read);
        return read;
    }
}
