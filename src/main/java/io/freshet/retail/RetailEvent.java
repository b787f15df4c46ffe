package io.freshet.retail;

import java.util.Locale;

import io.freshet.event.Ascii;
import io.freshet.event.JsonBytes;
import io.freshet.event.JsonEventBuffer;

/**
 * An event of a store.
 *
 * @param time the time in milliseconds since 1970
 * @param number the sequence number among the events of the store: a multiple of {@link #FIRST_OF_DAY} for the first event
 *        of a day, then increasing by one
 * @param trace the parts of the trace id
 * @param correlation the visit, shipment or other entity that the event belongs to
 */
public record RetailEvent(long time, long number, Trace trace, Ascii correlation, Payload payload) {

    /** How many event numbers each day has. */
    public static final long FIRST_OF_DAY = 1L << 24;
    public static final String SCHEMA_VERSION = "1.0";

    private static final Ascii TRACE = Ascii.of(",\"trace_id\":\"TR_");
    private static final Ascii TIME = Ascii.of("\",\"ingest_timestamp\":");
    private static final Ascii CORRELATION = Ascii
            .of(",\"schema_version\":\"" + SCHEMA_VERSION + "\",\"source\":\"freshet-retail\",\"correlation_id\":\"");
    private static final Ascii KEY = Ascii.of("\",\"partition_key\":\"");
    private static final Ascii END = Ascii.of("\"}");
    private static final int MIN_DIGITS = 5;

    /**
     * The parts of a trace id, which is unique for each event.
     *
     * @param second the seconds since 1970
     * @param sequence the number within the second; below 100 000, unless the chain has very many stores
     */
    public record Trace(long second, int sequence) {

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "TR_%d_%05d", second, sequence);
        }
    }

    public EventType type() {
        return payload.type();
    }

    public Store store() {
        return payload.store();
    }

    /** Appends the event as JSON, in its envelope. */
    public void writeTo(JsonEventBuffer events) {
        JsonBytes json = events.begin();
        json.put(payload.type().head());
        payload.writeTo(json);
        json.put(TRACE).number(trace.second).put('_').padded(trace.sequence, MIN_DIGITS);
        json.put(TIME).time(time);
        json.put(CORRELATION).put(correlation);
        json.put(KEY);
        int keyStart = json.position();
        json.put(payload.store().key());
        int keyEnd = json.position();
        json.put(END);
        events.end(time, keyStart, keyEnd);
    }
}
