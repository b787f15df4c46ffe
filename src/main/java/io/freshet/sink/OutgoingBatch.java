package io.freshet.sink;

import org.jspecify.annotations.Nullable;

import io.freshet.codec.BatchMetadata;
import io.freshet.codec.EncodedRecords;
import io.freshet.codec.RecordBatch;

/**
 * A batch on its way to the sinks of a stream: stable until all of them have answered.
 *
 * @param position the index of the first record in its stream
 * @param json the records as JSON, metadata included
 * @param metadata null when it is off
 */
public record OutgoingBatch(String stream, long position, RecordBatch records, EncodedRecords json,
        @Nullable BatchMetadata metadata) {

    public int size() {
        return json.size();
    }
}
