package io.freshet.source.retail;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.freshet.codec.RecordBatch;
import io.freshet.retail.Chain;
import io.freshet.retail.EventMix;
import io.freshet.retail.RetailEvent;
import io.freshet.retail.RetailSimulation;
import io.freshet.source.PendingEvents;
import io.freshet.source.Source;
import io.freshet.source.retail.RetailBookmarks.Bookmark;
import io.freshet.table.Schema;

/**
 * Events of a simulated retail chain. At speed 1 an event becomes available when the clock reaches its time: past events are
 * emitted as fast as they are consumed, and later ones live.
 */
public final class RetailSource implements Source {

    /**
     * @param shard from 0: simulates every {@code shards}th store from this one on
     * @param end when the simulation ends; empty for never
     * @param speed how many times faster than real time; infinite for as fast as events are consumed
     * @param patience how long an event waits for others to travel with
     * @param traceIds whether events are identified by their trace ids, which do not depend on the stores; otherwise by their
     *        positions
     */
    public record Settings(int shard, int shards, Instant start, Optional<Instant> end, double speed, Duration patience,
            boolean traceIds) {
    }

    /** A chain and the mix of its events. */
    public record Setting(Chain chain, EventMix mix) {
    }

    /**
     * The maximum number of events that are simulated at a time, so that a stream that selects few of them can still be
     * stopped.
     */
    private static final long MAX_EXAMINED = 100_000;

    private final Supplier<Setting> setting;
    private final Settings settings;
    private final RetailClock clock;
    private final RetailBookmarks bookmarks = new RetailBookmarks();
    private @Nullable RetailSimulation simulation;
    private EventMix eventMix = EventMix.ALL;
    private final PendingEvents pending = new PendingEvents();
    private long lastTime = Long.MIN_VALUE;
    private long waitingSince;
    private volatile boolean atEnd;

    /**
     * @param setting evaluated once, by the thread that consumes the events, because creating a large chain takes time
     * @param bookmark the bookmark of an earlier source with these settings, to resume without counting
     */
    public RetailSource(Supplier<Setting> setting, Settings settings, Optional<String> bookmark) {
        this.setting = setting;
        this.settings = settings;
        this.clock = new RetailClock(settings.speed());
        bookmark.map(Bookmark::parse).ifPresent(known -> bookmarks.mark(known.position(), known.time()));
    }

    @Override
    public Optional<Schema> schema() {
        return Optional.empty();
    }

    @Override
    public int available(long from, int wanted, Instant now) {
        RetailSimulation events = at(from);
        if (pending.size() == 0) {
            waitingSince = now.toEpochMilli();
        }
        long at = from == 0 || !events.hasNext() ? settings.start().toEpochMilli() : events.nextTime();
        fill(events, wanted, clock.reached(now, at), MAX_EXAMINED);
        boolean go = pending.size() >= wanted || atEnd
                || now.toEpochMilli() - waitingSince >= settings.patience().toMillis();
        return go ? Math.min(wanted, pending.size()) : 0;
    }

    @Override
    public boolean isExhausted() {
        return atEnd && pending.size() == 0;
    }

    @Override
    public RecordBatch next(long from, int records, @Nullable RecordBatch reuse) {
        fill(at(from), records, Long.MAX_VALUE, Long.MAX_VALUE);
        return pending.take(records, reuse);
    }

    private void fill(RetailSimulation events, int wanted, long upTo, long lookedAt) {
        long end = settings.end().map(Instant::toEpochMilli).orElse(Long.MAX_VALUE);
        for (long looked = 0; pending.size() < wanted && !atEnd && looked < lookedAt; looked++) {
            if (!events.hasNext() || events.nextTime() >= end) {
                atEnd = true;
            } else if (events.nextTime() > upTo) {
                return;
            } else {
                RetailEvent event = events.next();
                if (eventMix.has(event)) {
                    if (event.time() > lastTime) {
                        bookmarks.mark(pending.position() + pending.size(), event.time());
                    }
                    event.writeTo(pending.events());
                    if (settings.traceIds()) {
                        pending.events().identify(event.trace().toString());
                    }
                }
                lastTime = event.time();
            }
        }
    }

    /** Returns the simulation, with the event at this position next. */
    private RetailSimulation at(long from) {
        RetailSimulation known = simulation;
        if (known != null && from == pending.position()) {
            return known;
        }
        Bookmark nearest = bookmarks.last(from).orElse(new Bookmark(0, settings.start().toEpochMilli()));
        Instant time = Instant.ofEpochMilli(nearest.time());
        if (known == null) {
            Setting chosen = setting.get();
            eventMix = chosen.mix();
            known = RetailSimulation.of(chosen.chain(), settings.shard(), settings.shards(), time);
            simulation = known;
        } else {
            known.seek(time);
        }
        atEnd = false;
        long position = nearest.position();
        while (position < from && known.hasNext()) {
            RetailEvent event = known.next();
            lastTime = event.time();
            position += eventMix.has(event) ? 1 : 0;
        }
        pending.restart(position);
        return known;
    }

    @Override
    public Optional<String> bookmark(long before) {
        return bookmarks.last(before).map(Bookmark::toString);
    }
}
