package io.freshet.codec;

import java.util.List;

import io.freshet.event.Event;
import io.freshet.event.WrittenEvents;
import io.freshet.table.RowBatch;

/** An ordered run of records that travels together from a source to the sinks. */
public sealed interface RecordBatch {

    /** How many records there are. */
    int size();

    /** Rows of a model, as columns. Live: valid until the source makes its next batch. */
    record Rows(RowBatch rows) implements RecordBatch {
        @Override
        public int size() {
            return rows.size();
        }
    }

    /** Events, each an object of its own. */
    record Events(List<Event> events) implements RecordBatch {
        public Events {
            events = List.copyOf(events);
        }

        @Override
        public int size() {
            return events.size();
        }
    }

    /** Events that are JSON already. Live: valid until the source makes its next batch. */
    record Written(WrittenEvents events) implements RecordBatch {
        @Override
        public int size() {
            return events.size();
        }
    }
}
