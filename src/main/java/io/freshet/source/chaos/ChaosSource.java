package io.freshet.source.chaos;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;

import org.jspecify.annotations.Nullable;

import io.freshet.codec.EncodedRecords;
import io.freshet.codec.JsonEncoder;
import io.freshet.codec.RecordBatch;
import io.freshet.event.JsonEventBuffer;
import io.freshet.model.ColumnDrift;
import io.freshet.source.PendingEvents;
import io.freshet.source.Source;
import io.freshet.source.SourceStatus;
import io.freshet.table.Schema;

/**
 * Injects faults into the records of another source: some are late, duplicated, out of order, dropped, corrupt, or have a
 * renamed field. Which ones is a function of the seed and their position in the source. Affected records carry a label. Where
 * records are missing, the next unaffected one carries their number.
 */
public final class ChaosSource implements Source {

    private static final int CHUNK = 256;
    private static final byte[] DRIFT = "_v2".getBytes(StandardCharsets.US_ASCII);

    /** A delayed record; {@code order} preserves the order of records that are due at the same time. */
    private record Held(long due, long order, JsonEventBuffer event) implements Comparable<Held> {
        @Override
        public int compareTo(Held other) {
            return due != other.due ? Long.compare(due, other.due) : Long.compare(order, other.order);
        }
    }

    private final Source source;
    private final ChaosSettings settings;
    private final FaultPlan fates;
    private final FaultPositions marks;
    private final boolean field;
    private final JsonEncoder encoder = new JsonEncoder();
    private final EncodedRecords encoded = EncodedRecords.create();
    private final PriorityQueue<Held> held = new PriorityQueue<>();
    private final JsonEventBuffer copy = JsonEventBuffer.create();
    private final PendingEvents pending = new PendingEvents();
    private @Nullable RecordBatch reusable;
    /** How many records of the source have been processed. */
    private long taken;
    /** How many records were dropped since the last unaffected one. */
    private int dropped;

    public ChaosSource(Source source, ChaosSettings settings) {
        this.source = source;
        this.settings = settings;
        this.fates = new FaultPlan(settings);
        this.marks = new FaultPositions(settings);
        this.field = settings.field();
    }

    @Override
    public Optional<Schema> schema() {
        return Optional.empty();
    }

    @Override
    public int available(long from, int wanted, Instant now) {
        seek(from);
        while (pending.size() < wanted) {
            int there = source.isExhausted() ? 0 : source.available(taken, Math.min(CHUNK, wanted - pending.size()), now);
            if (there == 0) {
                break;
            }
            take(there);
        }
        endIfDone();
        return Math.min(wanted, pending.size());
    }

    @Override
    public boolean isExhausted() {
        return source.isExhausted() && held.isEmpty() && pending.size() == 0;
    }

    @Override
    public RecordBatch next(long from, int records, @Nullable RecordBatch reuse) {
        seek(from);
        while (pending.size() < records && !source.isExhausted()) {
            take(Math.min(CHUNK, records - pending.size()));
        }
        endIfDone();
        return pending.take(records, reuse);
    }

    /** Emits the delayed records once the source has no more records that they could wait for. */
    private void endIfDone() {
        if (source.isExhausted()) {
            release(Long.MAX_VALUE);
        }
    }

    private void take(int records) {
        RecordBatch batch = source.next(taken, records, reusable);
        reusable = batch;
        JsonEventBuffer events = written(batch);
        for (int i = 0; i < events.size(); i++) {
            admit(taken, events, i, true);
            taken++;
            release(taken);
        }
    }

    private JsonEventBuffer written(RecordBatch batch) {
        if (batch instanceof RecordBatch.Written written) {
            return written.events();
        }
        encoder.encode(batch, null, encoded);
        copy.clear();
        for (int i = 0; i < encoded.size(); i++) {
            copy.append(encoded.bytes(), encoded.start(i), encoded.length(i));
        }
        return copy;
    }

    /** Emits a record, or delays it. */
    private void admit(long index, JsonEventBuffer events, int event, boolean now) {
        FaultPlan.Fate fate = fates.of(index);
        if (now && fate.now()) {
            if (fate.later()) {
                // the second of two identical records is the duplicate
                pending.events().copy(events, event, null);
            } else if (fate.isAlone() && dropped > 0) {
                copy(pending.events(), events, event, "gap:" + dropped);
                dropped = 0;
            } else {
                append(pending.events(), events, event, fate);
            }
        } else if (now && fate.isDropped()) {
            dropped++;
        }
        if (fate.later() && index + fate.delay() >= taken) {
            JsonEventBuffer alone = JsonEventBuffer.create(64);
            append(alone, events, event, fate);
            held.add(new Held(index + fate.delay(), index, alone));
        }
    }

    private void append(JsonEventBuffer to, JsonEventBuffer from, int event, FaultPlan.Fate fate) {
        String label = fate.label();
        if (fate.change() == FaultPlan.Change.CUT) {
            to.cut(from, event, label);
        } else if (fate.change() == FaultPlan.Change.RENAME) {
            to.rename(from, event, label, DRIFT);
            mark(to, label);
        } else {
            copy(to, from, event, label);
        }
    }

    private void copy(JsonEventBuffer to, JsonEventBuffer from, int event, @Nullable String label) {
        to.copy(from, event, label);
        mark(to, label);
    }

    /** Writes the label of the last record into the record, if the settings ask for it. */
    private void mark(JsonEventBuffer last, @Nullable String label) {
        if (field && label != null) {
            last.addMember(("\"_chaos\":\"" + label + "\"").getBytes(StandardCharsets.US_ASCII));
        }
    }

    private void release(long upTo) {
        while (!held.isEmpty() && held.element().due() < upTo) {
            JsonEventBuffer event = held.remove().event();
            pending.events().copy(event, 0, event.label(0));
        }
    }

    /**
     * Moves to another position: counts what was emitted before it, and collects the records that are delayed at that point.
     */
    private void seek(long from) {
        if (from == pending.position()) {
            return;
        }
        FaultPositions.Place place = new FaultPositions(settings).find(from);
        long there = holdAgain(place.index());
        if (there < place.index()) {
            // at the end of the source, delayed records are emitted at once, so they come before the place that was found
            place = new FaultPositions(settings).at(there);
            holdAgain(there);
        }
        pending.restart(place.position());
        dropped = fates.droppedBefore(taken);
        if (place.position() < from) {
            next(place.position(), (int) (from - place.position()), null);
        }
    }

    /**
     * Moves to an index, or to the end of the source if that comes first.
     *
     * @return the index that was reached
     */
    private long holdAgain(long wanted) {
        held.clear();
        pending.events().clear();
        taken = wanted;
        long index = Math.max(0, taken - FaultPlan.MAX_DELAY);
        while (index < taken) {
            JsonEventBuffer events = written(source.next(index, (int) Math.min(CHUNK, taken - index), null));
            if (events.size() == 0) {
                return index;
            }
            for (int i = 0; i < events.size(); i++) {
                admit(index++, events, i, false);
            }
        }
        return index;
    }

    /** Returns the bookmark of the source for the earliest record that may still be emitted. */
    @Override
    public synchronized Optional<String> bookmark(long before) {
        return source.bookmark(Math.max(0, marks.find(before).index() - FaultPlan.MAX_DELAY));
    }

    @Override
    public @Nullable String failure() {
        return source.failure();
    }

    @Override
    public SourceStatus status() {
        return source.status();
    }

    @Override
    public List<ColumnDrift> drift() {
        return source.drift();
    }

    @Override
    public void close() {
        source.close();
    }
}
