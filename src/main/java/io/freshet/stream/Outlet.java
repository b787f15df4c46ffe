package io.freshet.stream;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.freshet.codec.BatchMetadata;
import io.freshet.codec.EncodedRecords;
import io.freshet.codec.EventRows;
import io.freshet.codec.JsonEncoder;
import io.freshet.codec.RecordBatch;
import io.freshet.codec.RecordEncoder;
import io.freshet.sink.Envelopes;
import io.freshet.sink.OutgoingBatch;
import io.freshet.sink.Sink;
import io.freshet.table.Schema;

/**
 * Where the records of a stream leave it: encoded once for all sinks that want JSON, and for each other one in its own way.
 * Confined to the stream's thread.
 */
final class Outlet {

    /** How many slices keep their memory when nobody needs them. */
    private static final int MOST_FREE = 8;

    private final String stream;
    private final List<SinkRun> sinks;
    private final Consumer<OutgoingBatch> history;
    private final Runnable settled;
    private final JsonEncoder encoder = new JsonEncoder();
    private final Deque<Slice> free = new ArrayDeque<>();

    /**
     * @param history takes what goes to the sinks, before they do
     * @param settled told, by any thread, when a sink is done with something
     */
    Outlet(String stream, List<SinkRun> sinks, Consumer<OutgoingBatch> history, Runnable settled) {
        this.stream = stream;
        this.sinks = sinks;
        this.history = history;
        this.settled = settled;
    }

    /**
     * Hands a slice to all sinks.
     *
     * @param position the index of the first record
     */
    Slice send(RecordBatch batch, long position, @Nullable BatchMetadata metadata) {
        Slice slice = take(batch.size());
        Schema schema = batch instanceof RecordBatch.Rows rows ? rows.rows().schema() : null;
        encoder.encode(batch, metadata, slice.json);
        OutgoingBatch json = new OutgoingBatch(stream, position, slice.json, Envelopes.of(batch, null), schema, metadata);
        history.accept(json);
        List<OutgoingBatch> outgoing = new ArrayList<>();
        sinks.forEach(sink -> outgoing.add(asWanted(sink.sink(), batch, json, slice.memory(outgoing.size()))));
        for (int i = 0; i < outgoing.size(); i++) {
            hand(sinks.get(i), outgoing.get(i), slice);
        }
        return slice;
    }

    /**
     * Hands what stages have made to the sinks that it goes to.
     *
     * @param places how many records of the source are done with it
     */
    Slice send(StagedRecords records, long position, int places, @Nullable BatchMetadata metadata) {
        Slice slice = take(places);
        if (records.isEmpty()) {
            return slice;
        }
        long end = position + places;
        RecordBatch all = records.batch();
        encoder.encode(all, metadata, slice.json);
        OutgoingBatch json = new OutgoingBatch(stream, position, slice.json,
                Envelopes.of(all, null).from(records.origins(end)), null, metadata);
        history.accept(json);
        for (int i = 0; i < sinks.size(); i++) {
            SinkRun sink = sinks.get(i);
            StagedRecords own = records.of(sink.name());
            if (sink.sink().columns() != null) {
                own = own.fitting(sink, slice.unfit);
            }
            if (sink.sink().columns() == null && own.size() == records.size()) {
                hand(sink, asWanted(sink.sink(), all, json, slice.memory(i)), slice);
            } else if (!own.isEmpty()) {
                hand(sink, encode(sink.sink(), own, position, end, metadata, slice.memory(i).get()), slice);
            }
        }
        return slice;
    }

    private OutgoingBatch encode(Sink sink, StagedRecords records, long position, long end, @Nullable BatchMetadata metadata,
            EncodedRecords memory) {
        RecordBatch.Events batch = records.batch();
        RecordEncoder own = sink.encoder();
        Schema columns = sink.columns();
        RecordBatch wanted = columns == null ? batch : new RecordBatch.Rows(new EventRows(columns).rows(batch.events()));
        (own == null ? encoder : own).encode(wanted, metadata, memory);
        return new OutgoingBatch(stream, position, memory, Envelopes.of(batch, sink.keys()).from(records.origins(end)), columns,
                metadata);
    }

    private void hand(SinkRun sink, OutgoingBatch batch, Slice slice) {
        Load load = sink.accept(batch);
        slice.loads.add(load);
        load.settled().whenComplete((all, failure) -> settled.run());
    }

    /** The records in the form that a sink wants. */
    private static OutgoingBatch asWanted(Sink sink, RecordBatch batch, OutgoingBatch json, Slice.Memory memory) {
        RecordEncoder own = sink.encoder();
        if (own == null && sink.keys() == null) {
            return json;
        }
        Envelopes envelopes = sink.keys() == null ? json.envelopes()
                : Envelopes.of(batch, sink.keys()).from(json.envelopes());
        EncodedRecords records = json.records();
        if (own != null) {
            records = memory.get();
            own.encode(batch, json.metadata(), records);
        }
        return new OutgoingBatch(json.stream(), json.position(), records, envelopes, json.schema(), json.metadata());
    }

    private Slice take(int places) {
        Slice slice = free.isEmpty() ? new Slice() : free.remove();
        slice.size = places;
        return slice;
    }

    /** Takes back a slice that is settled. */
    void giveBack(Slice slice) {
        if (free.size() < MOST_FREE && slice.isFree()) {
            slice.clear();
            free.add(slice);
        }
    }
}
