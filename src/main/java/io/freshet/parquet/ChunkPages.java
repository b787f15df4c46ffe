package io.freshet.parquet;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;

import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DataPageV1;
import org.apache.parquet.column.page.DataPageV2;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DataPageHeaderV2;
import org.apache.parquet.format.DictionaryPageHeader;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.Util;
import org.jspecify.annotations.Nullable;

/** The pages of one column in one row group, decompressed one at a time. */
final class ChunkPages implements PageReader {

    /** A page usually has about a megabyte. The limit keeps a damaged or malicious header from exhausting the memory. */
    private static final int MAX_PAGE_BYTES = 256 << 20;
    private static final int BUFFER = 1 << 16;

    private final InputStream in;
    private final Compression compression;
    private final ColumnDescriptor column;
    private final long values;
    private long read;
    private @Nullable PageHeader next;

    ChunkPages(FileChannel channel, ColumnMetaData chunk, ColumnDescriptor column) {
        long start = chunk.getData_page_offset();
        if (chunk.isSetDictionary_page_offset() && chunk.getDictionary_page_offset() > 0) {
            start = Math.min(start, chunk.getDictionary_page_offset());
        }
        this.in = new BufferedInputStream(new ChannelRange(channel, start, chunk.getTotal_compressed_size()), BUFFER);
        this.compression = Compression.of(chunk.getCodec());
        this.column = column;
        this.values = chunk.getNum_values();
    }

    @Override
    public long getTotalValueCount() {
        return values;
    }

    @Override
    public @Nullable DictionaryPage readDictionaryPage() {
        try {
            PageHeader header = header();
            if (header == null || !header.isSetDictionary_page_header()) {
                return null;
            }
            next = null;
            DictionaryPageHeader dictionary = header.getDictionary_page_header();
            return new DictionaryPage(BytesInput.from(body(header)), header.getUncompressed_page_size(),
                    dictionary.getNum_values(), Encoding.valueOf(dictionary.getEncoding().name()));
        } catch (IOException e) {
            throw damaged(e);
        }
    }

    @Override
    public @Nullable DataPage readPage() {
        try {
            while (read < values) {
                PageHeader header = header();
                if (header == null) {
                    throw new ParquetException("column " + name() + " of the Parquet file ends after " + read + " of " + values
                            + " values");
                }
                next = null;
                DataPage page = header.isSetData_page_header() ? page(header, header.getData_page_header())
                        : header.isSetData_page_header_v2() ? page(header, header.getData_page_header_v2()) : null;
                if (page != null && page.getValueCount() < 0) {
                    throw new ParquetException("column " + name() + " of the Parquet file is damaged: a page has "
                            + page.getValueCount() + " values");
                }
                if (page != null) {
                    read += page.getValueCount();
                    return page;
                }
                in.skipNBytes(header.getCompressed_page_size());
            }
            return null;
        } catch (IOException e) {
            throw damaged(e);
        }
    }

    private ParquetException damaged(IOException e) {
        return new ParquetException("column " + name() + " of the Parquet file is damaged: " + e.getMessage(), e);
    }

    private String name() {
        return String.join(".", column.getPath());
    }

    private @Nullable PageHeader header() throws IOException {
        if (values == 0) {
            return null;
        }
        if (next == null) {
            in.mark(1);
            if (in.read() < 0) {
                return null;
            }
            in.reset();
            PageHeader header = Util.readPageHeader(in);
            int size = Math.max(header.getUncompressed_page_size(), header.getCompressed_page_size());
            if (size > MAX_PAGE_BYTES || header.getUncompressed_page_size() < 0 || header.getCompressed_page_size() < 0) {
                throw new ParquetException("column " + name() + " of the Parquet file has a page of " + size
                        + " bytes; a page may have " + MAX_PAGE_BYTES);
            }
            next = header;
        }
        return next;
    }

    private byte[] raw(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new ParquetException("column " + name() + " of the Parquet file is cut off within a page");
        }
        return bytes;
    }

    private byte[] body(PageHeader header) throws IOException {
        return compression.decompress(raw(header.getCompressed_page_size()), header.getUncompressed_page_size());
    }

    private DataPage page(PageHeader header, DataPageHeader data) throws IOException {
        return new DataPageV1(BytesInput.from(body(header)), data.getNum_values(), header.getUncompressed_page_size(), none(),
                Encoding.valueOf(data.getRepetition_level_encoding().name()),
                Encoding.valueOf(data.getDefinition_level_encoding().name()), Encoding.valueOf(data.getEncoding().name()));
    }

    private DataPage page(PageHeader header, DataPageHeaderV2 data) throws IOException {
        byte[] bytes = raw(header.getCompressed_page_size());
        int repetition = data.getRepetition_levels_byte_length();
        int levels = repetition + data.getDefinition_levels_byte_length();
        if (repetition < 0 || levels < repetition || levels > bytes.length) {
            throw new ParquetException("column " + name() + " of the Parquet file is damaged: its levels do not fit a page");
        }
        byte[] body = Arrays.copyOfRange(bytes, levels, bytes.length);
        boolean compressed = !data.isSetIs_compressed() || data.isIs_compressed();
        byte[] plain = compressed ? compression.decompress(body, header.getUncompressed_page_size() - levels) : body;
        return DataPageV2.uncompressed(data.getNum_rows(), data.getNum_nulls(), data.getNum_values(),
                BytesInput.from(ByteBuffer.wrap(bytes, 0, repetition).slice()),
                BytesInput.from(ByteBuffer.wrap(bytes, repetition, levels - repetition).slice()),
                Encoding.valueOf(data.getEncoding().name()), BytesInput.from(plain), none());
    }

    /** The statistics of pages are not used. */
    private Statistics<?> none() {
        return Statistics.getBuilderForReading(column.getPrimitiveType()).build();
    }
}
