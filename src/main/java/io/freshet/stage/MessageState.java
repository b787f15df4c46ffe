package io.freshet.stage;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.freshet.event.Headers;

/** Serialises what records have from the messages they came from, for the state of stages. */
final class MessageState {

    private static final int NOTHING = -1;

    private MessageState() {
    }

    static void write(StageRecord record, DataOutput out) throws IOException {
        out.writeBoolean(record.isTombstone());
        out.writeInt(record.partition());
        write(record.binaryKey(), out);
        Headers headers = record.headers();
        out.writeInt(headers == null ? NOTHING : headers.all().size());
        for (Headers.Header header : headers == null ? List.<Headers.Header> of() : headers.all()) {
            StageState.writeText(out, header.name());
            write(header.value(), out);
        }
    }

    static StageRecord read(StageRecord record, DataInput in) throws IOException {
        record.setTombstone(in.readBoolean());
        record.setPartition(in.readInt());
        byte[] key = bytes(in);
        if (key != null) {
            record.setKey(key);
        }
        int size = in.readInt();
        if (size != NOTHING) {
            List<Headers.Header> headers = new ArrayList<>();
            for (int left = size; left > 0; left--) {
                headers.add(new Headers.Header(StageState.readText(in), bytes(in)));
            }
            record.setHeaders(Headers.of(headers));
        }
        return record;
    }

    private static void write(byte @Nullable [] bytes, DataOutput out) throws IOException {
        out.writeInt(bytes == null ? NOTHING : bytes.length);
        if (bytes != null) {
            out.write(bytes);
        }
    }

    private static byte @Nullable [] bytes(DataInput in) throws IOException {
        int length = in.readInt();
        if (length == NOTHING) {
            return null;
        }
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        return bytes;
    }
}
