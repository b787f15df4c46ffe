package io.freshet.codec;

import java.util.List;

import io.freshet.event.Event;
import io.freshet.event.JsonEventBuffer;
import io.freshet.table.RowBatch;

/** An ordered batch of records that travels from a source to the sinks. */
public sealed interface RecordBatch {

    /** Returns the number of records. */
    int size();

    /** Rows of a model in columns. Live: valid until the source makes its next batch. */
    record Rows(RowBatch rows) implements RecordBatch {
        @Override
        public int size() {
            return rows.size();
        }
    }

    /** Events, each a separate object. */
    record Events(List<Event> events) implements RecordBatch {
        public Events {
            events = List.copyOf(events);
        }

        @Override
        public int size() {
            return events.size();
        }
    }

    /** Events that are already encoded as JSON. Live: valid until the source makes its next batch. */
    record Written(JsonEventBuffer events) implements RecordBatch {
        @Override
        public int size() {
            return events.size();
        }
    }
}
