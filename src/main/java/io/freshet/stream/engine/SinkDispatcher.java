package io.freshet.stream.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.freshet.codec.BatchMetadata;
import io.freshet.codec.EncodedRecords;
import io.freshet.codec.EventRowMapper;
import io.freshet.codec.JsonEncoder;
import io.freshet.codec.RecordBatch;
import io.freshet.codec.RecordEncoder;
import io.freshet.sink.EncodedBatch;
import io.freshet.sink.RecordHeaderFields;
import io.freshet.sink.RecordHeaders;
import io.freshet.sink.Sink;
import io.freshet.stream.delivery.QueueEntry;
import io.freshet.stream.delivery.SinkTask;
import io.freshet.table.Schema;

/**
 * Dispatches the records of a stream to its sinks. They are encoded once for all sinks that accept JSON, and separately for
 * each sink with a format of its own. Confined to the stream's thread.
 */
final class SinkDispatcher {

    /** The maximum number of unused batches whose memory is retained for reuse. */
    private static final int MAX_POOLED = 8;
    /**
     * A batch with more memory than this is not reused, so that an idle stream does not hold on to the memory of a few large
     * records.
     */
    private static final long MAX_FREE_BYTES = 1L << 20;

    private final String stream;
    private final List<SinkTask> sinks;
    private final Consumer<EncodedBatch> history;
    private final Runnable settled;
    private final JsonEncoder encoder = new JsonEncoder();
    private final Deque<InFlightBatch> pool = new ArrayDeque<>();

    /**
     * @param history receives the records before the sinks do
     * @param settled called, from any thread, when a sink has completed something
     */
    SinkDispatcher(String stream, List<SinkTask> sinks, Consumer<EncodedBatch> history, Runnable settled) {
        this.stream = stream;
        this.sinks = sinks;
        this.history = history;
        this.settled = settled;
    }

    /**
     * Dispatches a batch to all sinks.
     *
     * @param position the index of the first record
     */
    InFlightBatch send(RecordBatch batch, long position, @Nullable BatchMetadata metadata) {
        InFlightBatch inFlightBatch = acquire(batch.size());
        Schema schema = batch instanceof RecordBatch.Rows rows ? rows.rows().sizedSchema() : null;
        encoder.encode(batch, metadata, inFlightBatch.json);
        EncodedBatch json = new EncodedBatch(stream, position, inFlightBatch.json,
                RecordHeaders.of(batch, RecordHeaderFields.NONE), schema,
                metadata);
        history.accept(json);
        List<EncodedBatch> outgoing = new ArrayList<>();
        sinks.forEach(sink -> outgoing.add(asWanted(sink.sink(), batch, json, inFlightBatch.memory(outgoing.size()))));
        for (int i = 0; i < outgoing.size(); i++) {
            dispatch(sinks.get(i), outgoing.get(i), inFlightBatch);
        }
        return inFlightBatch;
    }

    /**
     * Dispatches the output of the stages to the sinks it is routed to.
     *
     * @param places how many records of the source the output accounts for
     */
    InFlightBatch send(StagedRecords records, long position, int places, @Nullable BatchMetadata metadata) {
        InFlightBatch inFlightBatch = acquire(places);
        if (records.isEmpty()) {
            return inFlightBatch;
        }
        long end = position + places;
        RecordBatch all = records.batch();
        encoder.encode(all, metadata, inFlightBatch.json);
        EncodedBatch json = new EncodedBatch(stream, position, inFlightBatch.json,
                RecordHeaders.of(all, RecordHeaderFields.NONE).from(records.origins(end)), null, metadata);
        history.accept(json);
        for (int i = 0; i < sinks.size(); i++) {
            SinkTask sink = sinks.get(i);
            StagedRecords own = records.of(sink.name());
            if (sink.sink().columns() != null) {
                own = own.fitting(sink, inFlightBatch.unfit);
            }
            if (sink.sink().columns() == null && own.size() == records.size()) {
                dispatch(sink, asWanted(sink.sink(), all, json, inFlightBatch.memory(i)), inFlightBatch);
            } else if (!own.isEmpty()) {
                dispatch(sink, encode(sink.sink(), own, position, end, metadata, inFlightBatch.memory(i).get()), inFlightBatch);
            }
        }
        return inFlightBatch;
    }

    private EncodedBatch encode(Sink sink, StagedRecords records, long position, long end, @Nullable BatchMetadata metadata,
            EncodedRecords memory) {
        RecordBatch.Events batch = records.batch();
        RecordEncoder own = sink.encoder();
        Schema columns = sink.columns();
        RecordBatch wanted = columns == null ? batch : new RecordBatch.Rows(new EventRowMapper(columns).rows(batch.events()));
        (own == null ? encoder : own).encode(wanted, metadata, memory);
        return new EncodedBatch(stream, position, memory, RecordHeaders.of(batch, sink.fields()).from(records.origins(end)),
                columns,
                metadata);
    }

    private void dispatch(SinkTask sink, EncodedBatch batch, InFlightBatch inFlightBatch) {
        QueueEntry queueEntry = sink.accept(batch);
        inFlightBatch.queueEntries.add(queueEntry);
        queueEntry.completed().whenComplete((all, failure) -> settled.run());
    }

    /** Returns the records in the format of a sink. */
    private static EncodedBatch asWanted(Sink sink, RecordBatch batch, EncodedBatch json, InFlightBatch.Memory memory) {
        RecordEncoder own = sink.encoder();
        if (own == null && sink.fields().equals(RecordHeaderFields.NONE)) {
            return json;
        }
        RecordHeaders recordHeaders = sink.fields().equals(RecordHeaderFields.NONE) ? json.headers()
                : RecordHeaders.of(batch, sink.fields()).from(json.headers());
        EncodedRecords records = json.records();
        if (own != null) {
            records = memory.get();
            own.encode(batch, json.metadata(), records);
        }
        return new EncodedBatch(json.stream(), json.position(), records, recordHeaders, json.schema(), json.metadata());
    }

    private InFlightBatch acquire(int places) {
        InFlightBatch inFlightBatch = pool.isEmpty() ? new InFlightBatch() : pool.remove();
        inFlightBatch.size = places;
        return inFlightBatch;
    }

    /** Recycles a batch whose records all sinks have completed. */
    void recycle(InFlightBatch inFlightBatch) {
        if (pool.size() < MAX_POOLED && inFlightBatch.memoryBytes() <= MAX_FREE_BYTES && inFlightBatch.isRecyclable()) {
            inFlightBatch.clear();
            pool.add(inFlightBatch);
        }
    }
}
