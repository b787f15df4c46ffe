package io.freshet.source;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;

import org.jspecify.annotations.Nullable;

import io.freshet.codec.EncodedRecords;
import io.freshet.codec.JsonEncoder;
import io.freshet.codec.RecordBatch;
import io.freshet.event.WrittenEvents;
import io.freshet.model.ColumnDrift;
import io.freshet.table.Schema;

/**
 * The records of another source, some of them late, twice, in the wrong order, not at all, broken or with a field that has
 * another name: which ones is a function of the seed and their position there. Those that are, say so by a label; where some
 * are missing, the next one that is left alone says how many.
 */
public final class ChaosSource implements Source {

    private static final int CHUNK = 256;
    private static final byte[] DRIFT = "_v2".getBytes(StandardCharsets.US_ASCII);

    /** A record that has to wait; {@code order} keeps those in order that are due together. */
    private record Held(long due, long order, WrittenEvents event) implements Comparable<Held> {
        @Override
        public int compareTo(Held other) {
            return due != other.due ? Long.compare(due, other.due) : Long.compare(order, other.order);
        }
    }

    private final Source source;
    private final ChaosSettings settings;
    private final ChaosFates fates;
    private final ChaosWalk marks;
    private final boolean field;
    private final JsonEncoder encoder = new JsonEncoder();
    private final EncodedRecords encoded = EncodedRecords.create();
    private final PriorityQueue<Held> held = new PriorityQueue<>();
    private final WrittenEvents copy = WrittenEvents.create();
    private final PendingEvents pending = new PendingEvents();
    private @Nullable RecordBatch reusable;
    /** How many records of the source have been looked at. */
    private long taken;
    /** How many were dropped since the last record that was left alone. */
    private int dropped;

    public ChaosSource(Source source, ChaosSettings settings) {
        this.source = source;
        this.settings = settings;
        this.fates = new ChaosFates(settings);
        this.marks = new ChaosWalk(settings);
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

    /** Whatever still waits when there is nothing more to wait for comes now. */
    private void endIfDone() {
        if (source.isExhausted()) {
            release(Long.MAX_VALUE);
        }
    }

    private void take(int records) {
        RecordBatch batch = source.next(taken, records, reusable);
        reusable = batch;
        WrittenEvents events = written(batch);
        for (int i = 0; i < events.size(); i++) {
            admit(taken, events, i, true);
            taken++;
            release(taken);
        }
    }

    private WrittenEvents written(RecordBatch batch) {
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

    /** Lets a record go, or has it wait. */
    private void admit(long index, WrittenEvents events, int event, boolean now) {
        ChaosFates.Fate fate = fates.of(index);
        if (now && fate.now()) {
            if (fate.later()) {
                // of two that are the same the second is one too many
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
            WrittenEvents alone = WrittenEvents.create(64);
            append(alone, events, event, fate);
            held.add(new Held(index + fate.delay(), index, alone));
        }
    }

    private void append(WrittenEvents to, WrittenEvents from, int event, ChaosFates.Fate fate) {
        String label = fate.label();
        if (fate.change() == ChaosFates.Change.CUT) {
            to.cut(from, event, label);
        } else if (fate.change() == ChaosFates.Change.RENAME) {
            to.rename(from, event, label, DRIFT);
            mark(to, label);
        } else {
            copy(to, from, event, label);
        }
    }

    private void copy(WrittenEvents to, WrittenEvents from, int event, @Nullable String label) {
        to.copy(from, event, label);
        mark(to, label);
    }

    /** Writes the label of the last record into it, where that is wanted. */
    private void mark(WrittenEvents last, @Nullable String label) {
        if (field && label != null) {
            last.endWith((",\"_chaos\":\"" + label + "\"}").getBytes(StandardCharsets.US_ASCII));
        }
    }

    private void release(long upTo) {
        while (!held.isEmpty() && held.element().due() < upTo) {
            WrittenEvents event = held.remove().event();
            pending.events().copy(event, 0, event.label(0));
        }
    }

    /** Goes to another position: counts what came before it, and holds again what had to wait there. */
    private void seek(long from) {
        if (from == pending.position()) {
            return;
        }
        ChaosWalk.Place place = new ChaosWalk(settings).find(from);
        long there = holdAgain(place.index());
        if (there < place.index()) {
            // what waits at the end of the source comes at once: before the place that was found
            place = new ChaosWalk(settings).at(there);
            holdAgain(there);
        }
        pending.restart(place.position());
        dropped = fates.droppedBefore(taken);
        if (place.position() < from) {
            next(place.position(), (int) (from - place.position()), null);
        }
    }

    /** Goes to an index, or to the end of the source if that is before it; says which. */
    private long holdAgain(long wanted) {
        held.clear();
        pending.events().clear();
        taken = wanted;
        long index = Math.max(0, taken - ChaosFates.MOST_DELAY);
        while (index < taken) {
            WrittenEvents events = written(source.next(index, (int) Math.min(CHUNK, taken - index), null));
            if (events.size() == 0) {
                return index;
            }
            for (int i = 0; i < events.size(); i++) {
                admit(index++, events, i, false);
            }
        }
        return index;
    }

    /** That of the source, for the first of the records that may still have to come. */
    @Override
    public synchronized Optional<String> bookmark(long before) {
        return source.bookmark(Math.max(0, marks.find(before).index() - ChaosFates.MOST_DELAY));
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
