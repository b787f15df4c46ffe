package io.freshet.sink.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.freshet.codec.EncodedRecords;
import io.freshet.sink.EncodedBatch;

/** A file of lines of a {@link PartitionedSink}. */
final class TextPart implements PartFile {

    /** The ending of the hidden names of files that are not complete. */
    static final String HIDDEN = ".part";

    private final Path path;
    private final Path hidden;
    private final Function<EncodedBatch, byte @Nullable []> header;
    private final RollingFile file;
    private boolean opened;

    /** @param header returns the header line for a batch; null for none */
    TextPart(Path path, FileLimits limits, Function<EncodedBatch, byte @Nullable []> header) {
        this.path = path;
        this.hidden = path.resolveSibling("." + path.getFileName() + HIDDEN);
        this.header = header;
        this.file = new RollingFile(hidden, limits);
    }

    @Override
    public int append(EncodedBatch batch, int[] open, int from) throws IOException {
        if (!opened) {
            removeTornLine();
            opened = true;
        }
        byte[] first = header.apply(batch);
        try {
            file.open(first);
        } catch (RollingFile.OtherHeaderException e) {
            return 0;
        }
        int fitting = file.fitting(batch.records(), open, from);
        if (fitting > 0) {
            file.append(first, batch.records(), Arrays.copyOfRange(open, from, from + fitting));
        }
        return fitting;
    }

    /** Removes what a crash has left of a line. */
    private void removeTornLine() throws IOException {
        if (!Files.exists(hidden)) {
            return;
        }
        try (FileChannel channel = FileChannel.open(hidden, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            long end = channel.size();
            ByteBuffer one = ByteBuffer.allocate(1);
            while (end > 0 && (channel.read(one.clear(), end - 1) < 1 || one.get(0) != EncodedRecords.LINE_BREAK)) {
                end--;
            }
            channel.truncate(end);
        }
    }

    @Override
    public void finish() throws IOException {
        file.close();
        removeTornLine();
        if (Files.exists(hidden) && Files.size(hidden) > 0) {
            PartFile.move(hidden, path);
        }
        Files.deleteIfExists(hidden);
    }
}
