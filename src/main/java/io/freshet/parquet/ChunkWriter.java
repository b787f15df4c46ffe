package io.freshet.parquet;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DictionaryPageHeader;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.Statistics;
import org.apache.parquet.format.Util;

/** Writes the pages of one column in one row group. Not thread-safe. */
final class ChunkWriter {

    private final FileColumn column;
    private final Compression compression;
    private final CountingOutput out;
    private final PageBytes page;
    private final long start;
    private final PageIndex index = new PageIndex();
    private long dictionary = -1;
    private long firstPage = -1;
    private long uncompressed;
    private Encoding values = Encoding.PLAIN;

    /** @param page reusable working memory */
    ChunkWriter(FileColumn column, Compression compression, CountingOutput out, PageBytes page) {
        this.column = column;
        this.compression = compression;
        this.out = out;
        this.page = page;
        this.start = out.count();
    }

    /** Returns the memory for the next page, empty. */
    PageBytes newPage() {
        page.reset();
        return page;
    }

    void writeDictionary(int entries) throws IOException {
        dictionary = out.count();
        PageHeader header = new PageHeader(PageType.DICTIONARY_PAGE, page.size(), 0)
                .setDictionary_page_header(new DictionaryPageHeader(entries, Encoding.PLAIN));
        write(header);
    }

    /**
     * @param firstRow the index of its first row in the row group
     * @param limits the number of missing values, and the minimum and the maximum if there are any
     */
    void writePage(int firstRow, int rows, Encoding encoding, Statistics limits) throws IOException {
        long offset = out.count();
        firstPage = firstPage < 0 ? out.count() : firstPage;
        values = encoding;
        PageHeader header = new PageHeader(PageType.DATA_PAGE, page.size(), 0)
                .setData_page_header(new DataPageHeader(rows, encoding, Encoding.RLE, Encoding.RLE));
        write(header);
        index.add(offset, (int) (out.count() - offset), firstRow, limits, limits.getNull_count() == rows);
    }

    private void write(PageHeader header) throws IOException {
        byte[] body = compression.compress(page.array(), page.size());
        header.setCompressed_page_size(body.length);
        long before = out.count();
        Util.writePageHeader(header, out);
        uncompressed += out.count() - before + page.size();
        out.write(body);
    }

    /** Returns the index of the pages. */
    PageIndex index() {
        return index;
    }

    ColumnChunk finish(int rows, Statistics statistics) {
        List<Encoding> encodings = new ArrayList<>(List.of(Encoding.RLE, values));
        if (dictionary >= 0) {
            encodings.add(Encoding.PLAIN);
        }
        ColumnMetaData meta = new ColumnMetaData(column.kind().physical(), encodings, column.path(), compression.codec(), rows,
                uncompressed, out.count() - start, firstPage).setStatistics(statistics);
        if (dictionary >= 0) {
            meta.setDictionary_page_offset(dictionary);
        }
        return new ColumnChunk(start).setMeta_data(meta);
    }
}
