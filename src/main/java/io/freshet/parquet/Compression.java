package io.freshet.parquet;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

import org.apache.parquet.format.CompressionCodec;

import io.airlift.compress.Compressor;
import io.airlift.compress.Decompressor;
import io.airlift.compress.MalformedInputException;
import io.airlift.compress.lz4.Lz4Compressor;
import io.airlift.compress.lz4.Lz4Decompressor;
import io.airlift.compress.snappy.SnappyCompressor;
import io.airlift.compress.snappy.SnappyDecompressor;
import io.airlift.compress.zstd.ZstdCompressor;
import io.airlift.compress.zstd.ZstdDecompressor;

/** The compression of the pages in a Parquet file. Everything is plain Java, so it works in a native binary as well. */
public enum Compression {

    ZSTD(CompressionCodec.ZSTD),
    SNAPPY(CompressionCodec.SNAPPY),
    GZIP(CompressionCodec.GZIP),
    NONE(CompressionCodec.UNCOMPRESSED),
    LZ4(CompressionCodec.LZ4_RAW);

    private final CompressionCodec codec;

    Compression(CompressionCodec codec) {
        this.codec = codec;
    }

    /** Returns the compression of this name in the API. */
    public static Optional<Compression> find(String id) {
        return Arrays.stream(values()).filter(each -> each.id().equals(id)).findFirst();
    }

    /** Returns the names in the API. */
    public static List<String> ids() {
        return Arrays.stream(values()).map(Compression::id).toList();
    }

    /** Returns the name in the API. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    CompressionCodec codec() {
        return codec;
    }

    /** @throws ParquetException if the codec is not supported */
    static Compression of(CompressionCodec codec) {
        return Arrays.stream(values()).filter(each -> each.codec == codec).findFirst()
                .orElseThrow(() -> new ParquetException("the Parquet file is compressed with " + codec
                        + ", which is not supported; write it with zstd, snappy, gzip, lz4_raw or without compression"));
    }

    /** Compresses bytes into an array of the exact size. */
    byte[] compress(byte[] bytes, int length) throws IOException {
        return switch (this) {
            case NONE -> Arrays.copyOf(bytes, length);
            case GZIP -> gzip(bytes, length);
            case ZSTD -> compress(new ZstdCompressor(), bytes, length);
            case SNAPPY -> compress(new SnappyCompressor(), bytes, length);
            case LZ4 -> compress(new Lz4Compressor(), bytes, length);
        };
    }

    private static byte[] compress(Compressor compressor, byte[] bytes, int length) {
        byte[] into = new byte[compressor.maxCompressedLength(length)];
        return Arrays.copyOf(into, compressor.compress(bytes, 0, length, into, 0, into.length));
    }

    private static byte[] gzip(byte[] bytes, int length) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream(length / 2 + 64);
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes, 0, length);
        }
        return out.toByteArray();
    }

    /**
     * Restores the bytes of a page.
     *
     * @param size the size of the result, as the header of the page states it
     * @throws ParquetException if the bytes are damaged, or are not of this size
     */
    byte[] decompress(byte[] bytes, int size) {
        try {
            return switch (this) {
                case NONE -> exact(bytes, bytes.length, size);
                case GZIP -> gunzip(bytes, size);
                case ZSTD -> decompress(new ZstdDecompressor(), bytes, size);
                case SNAPPY -> decompress(new SnappyDecompressor(), bytes, size);
                case LZ4 -> decompress(new Lz4Decompressor(), bytes, size);
            };
        } catch (MalformedInputException | IOException | IndexOutOfBoundsException | IllegalArgumentException e) {
            throw new ParquetException("a page of the Parquet file cannot be decompressed (" + id() + "): " + e.getMessage(),
                    e);
        }
    }

    private static byte[] decompress(Decompressor decompressor, byte[] bytes, int size) {
        byte[] into = new byte[size];
        return size == 0 ? into : exact(into, decompressor.decompress(bytes, 0, bytes.length, into, 0, size), size);
    }

    private static byte[] gunzip(byte[] bytes, int size) throws IOException {
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            byte[] into = in.readNBytes(size);
            return exact(into, in.read() < 0 ? into.length : size + 1, size);
        }
    }

    private static byte[] exact(byte[] bytes, int length, int size) {
        if (length != size) {
            throw new ParquetException("a page of the Parquet file is damaged: it has " + length + " bytes instead of " + size);
        }
        return bytes;
    }
}
