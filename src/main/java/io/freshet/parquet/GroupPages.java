package io.freshet.parquet;

import java.nio.channels.FileChannel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.schema.MessageType;

/** The pages of a row group, read one at a time as the columns need them. */
final class GroupPages implements PageReadStore {

    private final FileChannel channel;
    private final long rows;
    private final MessageType schema;
    private final Map<List<String>, ColumnMetaData> chunks = new HashMap<>();

    GroupPages(FileChannel channel, RowGroup group, MessageType schema) {
        this.channel = channel;
        this.rows = group.getNum_rows();
        this.schema = schema;
        for (ColumnChunk chunk : group.getColumns()) {
            if (!chunk.isSetMeta_data() || chunk.isSetFile_path() || chunk.isSetCrypto_metadata()) {
                throw new ParquetException(
                        "the Parquet file keeps columns encrypted or in other files, which is not supported");
            }
            chunks.put(chunk.getMeta_data().getPath_in_schema(), chunk.getMeta_data());
        }
    }

    @Override
    public PageReader getPageReader(ColumnDescriptor column) {
        ColumnMetaData chunk = chunks.get(List.of(column.getPath()));
        if (chunk == null) {
            throw new ParquetException("a row group has no column " + String.join(".", column.getPath()));
        }
        return new ChunkPages(channel, chunk, schema.getColumnDescription(column.getPath()));
    }

    @Override
    public long getRowCount() {
        return rows;
    }
}
