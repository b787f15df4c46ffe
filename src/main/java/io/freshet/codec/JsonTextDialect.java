package io.freshet.codec;

import java.nio.charset.StandardCharsets;

import io.freshet.table.ColumnType;
import io.freshet.table.Schema;

/** JSON that differs in how it writes texts only. */
interface JsonTextDialect extends Dialect {

    @Override
    default Layout layout(Schema schema, boolean metadata) {
        return JsonDialect.JSON.layout(schema, metadata);
    }

    @Override
    default String end(Layout layout, BatchMetadata metadata) {
        return JsonDialect.JSON.end(layout, metadata);
    }

    @Override
    default String bool(ColumnType.Bool type, boolean value) {
        return JsonDialect.JSON.bool(type, value);
    }

    @Override
    default String constant(ColumnType.Constant type) {
        return JsonDialect.JSON.constant(type);
    }

    @Override
    default int writeText(String text, byte[] to, int at) {
        byte[] bytes = text(text).getBytes(StandardCharsets.UTF_8);
        System.arraycopy(bytes, 0, to, at, bytes.length);
        return at + bytes.length;
    }

    @Override
    default int writeNumber(byte[] from, int start, int end, byte[] to, int at) {
        return writeText(from, start, end, to, at);
    }
}
