package io.freshet.source;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.freshet.codec.RecordBatch;
import io.freshet.retail.Chain;
import io.freshet.retail.Mix;
import io.freshet.retail.RetailEvent;
import io.freshet.retail.RetailSimulation;
import io.freshet.source.RetailBookmarks.Bookmark;
import io.freshet.table.Schema;

/**
 * Events of a simulated chain of stores. At speed 1 an event is there when the clock says it happens: what lies in the past
 * comes as fast as it is taken, and then it goes on live.
 */
public final class RetailSource implements Source {

    /**
     * @param shard from 0: every {@code shards}th store from this one on
     * @param end where it ends; empty for never
     * @param speed how many times as fast as the clock; infinite for as fast as it is taken
     * @param patience how long an event waits for others to travel with
     */
    public record Settings(int shard, int shards, Instant start, Optional<Instant> end, double speed, Duration patience) {
    }

    /** A chain and which of its events there are. */
    public record Setting(Chain chain, Mix mix) {
    }

    /** So many events are made at once, so that a stream that wants few of them can still be stopped. */
    private static final long MOST_LOOKED_AT = 100_000;

    private final Supplier<Setting> setting;
    private final Settings settings;
    private final RetailClock clock;
    private final RetailBookmarks bookmarks = new RetailBookmarks();
    private @Nullable RetailSimulation simulation;
    private Mix mix = Mix.ALL;
    private final PendingEvents pending = new PendingEvents();
    private long lastTime = Long.MIN_VALUE;
    private long waitingSince;
    private volatile boolean atEnd;

    /**
     * @param setting asked once, by the thread that takes the events: a large chain takes its time
     * @param bookmark of an earlier source with these settings, to go on from without counting
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
        fill(events, wanted, clock.reached(now, at), MOST_LOOKED_AT);
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
                if (mix.has(event)) {
                    if (event.time() > lastTime) {
                        bookmarks.mark(pending.position() + pending.size(), event.time());
                    }
                    event.writeTo(pending.events());
                }
                lastTime = event.time();
            }
        }
    }

    /** The simulation, with the event of this position next. */
    private RetailSimulation at(long from) {
        RetailSimulation known = simulation;
        if (known != null && from == pending.position()) {
            return known;
        }
        Bookmark nearest = bookmarks.last(from).orElse(new Bookmark(0, settings.start().toEpochMilli()));
        Instant time = Instant.ofEpochMilli(nearest.time());
        if (known == null) {
            Setting chosen = setting.get();
            mix = chosen.mix();
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
            position += mix.has(event) ? 1 : 0;
        }
        pending.restart(position);
        return known;
    }

    @Override
    public Optional<String> bookmark(long before) {
        return bookmarks.last(before).map(Bookmark::toString);
    }
}
