package io.freshet.retail;

import io.freshet.event.Ascii;
import io.freshet.event.JsonBytes;
import io.freshet.event.WrittenEvents;

/**
 * Something that has happened in a store.
 *
 * @param time milliseconds since 1970
 * @param number its place among the events of its store: {@link #FIRST_OF_DAY} for the first of a day since 1970, and one more
 *        for each that follows
 * @param trace what makes its trace id
 * @param correlation what it belongs to
 */
public record RetailEvent(long time, long number, Trace trace, Ascii correlation, Payload payload) {

    /** How many event numbers a day has. */
    public static final long FIRST_OF_DAY = 1L << 24;
    public static final String SCHEMA_VERSION = "1.0";

    private static final Ascii TRACE = Ascii.of(",\"trace_id\":\"TR_");
    private static final Ascii TIME = Ascii.of("\",\"ingest_timestamp\":");
    private static final Ascii CORRELATION = Ascii
            .of(",\"schema_version\":\"" + SCHEMA_VERSION + "\",\"source\":\"freshet-retail\",\"correlation_id\":\"");
    private static final Ascii KEY = Ascii.of("\",\"partition_key\":\"");
    private static final Ascii END = Ascii.of("\"}");
    private static final int LEAST_DIGITS = 5;

    /**
     * What is unique about an event.
     *
     * @param second since 1970
     * @param sequence below 100 000, unless the chain has very many stores
     */
    public record Trace(long second, int sequence) {

        @Override
        public String toString() {
            return "TR_%d_%05d".formatted(second, sequence);
        }
    }

    public EventType type() {
        return payload.type();
    }

    public Store store() {
        return payload.store();
    }

    /** Appends it as JSON, in its envelope. */
    public void writeTo(WrittenEvents events) {
        JsonBytes json = events.begin();
        json.put(payload.type().head());
        payload.writeTo(json);
        json.put(TRACE).number(trace.second).put('_').padded(trace.sequence, LEAST_DIGITS);
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
