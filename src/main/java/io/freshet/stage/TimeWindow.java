package io.freshet.stage;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.freshet.event.FieldPath;
import io.freshet.event.Times;

/**
 * Windows of event time, side by side or overlapping, each key on its own. The watermark is the greatest time seen, less the
 * delay; a window has its result when the watermark reaches its end. A record that comes later, while the grace lasts,
 * amends the results it belongs to, by one revision each; one that is too late for all its windows is counted and goes to
 * the side. What a record costs does not depend on how long windows are. When there are as many keys as may be, the records
 * of further ones are counted together under the key {@value #OTHERS}; a key is forgotten with its last window. Any thread
 * may ask for results.
 */
public final class TimeWindow implements Window {

    /** The key of the records for whose own key there was no room. */
    public static final String OTHERS = "_others";
    private static final int VERSION = 1;

    private final WindowSettings settings;
    private final @Nullable FieldPath time;
    private final WindowTiming timing;
    private final LateHandling lateHandling;
    private final Panes panes;
    private final Revisions revisions = new Revisions();
    private final ResultRecords results;
    private long late;
    private long tooLate;
    private long overflowed;
    private long watermark = Long.MIN_VALUE;
    private long seenAt = Long.MIN_VALUE;
    private long position;

    /**
     * @param time the field that says when a record happened; null for the time it has anyway
     */
    public TimeWindow(WindowSettings settings, @Nullable FieldPath time, WindowTiming timing, LateHandling lateHandling) {
        this.settings = settings;
        this.time = time;
        this.timing = timing;
        this.lateHandling = lateHandling;
        this.panes = new Panes(settings.aggregation());
        this.results = new ResultRecords(settings, true);
    }

    @Override
    public synchronized void accept(StageRecord record, StageOutput out) {
        long moment = moment(record);
        position = record.position();
        seenAt = out.now();
        advance(moment - timing.delay(), out);
        long last = timing.lastStart(moment);
        if (watermark - timing.grace() >= last + timing.size()) {
            tooLate++;
            lateHandling.handle(record, out);
            return;
        }
        String key = settings.key(record);
        if (panes.keys() >= settings.mostKeys() && !panes.knows(key)) {
            overflowed++;
            key = OTHERS;
        }
        panes.at(last, key).add(record.fields());
        if (watermark >= timing.firstStart(moment) + timing.size()) {
            amend(moment, key, out);
        }
        results.passOn(record, out);
    }

    private long moment(StageRecord record) {
        if (time == null) {
            return record.time();
        }
        return Times.millis(time.get(record.fields()))
                .orElseThrow(() -> new IllegalArgumentException(time + " is no time"));
    }

    /** The windows of a late record that had their results have others now. */
    private void amend(long moment, String key, StageOutput out) {
        boolean any = false;
        for (long start = timing.firstStart(moment); start <= timing.lastStart(moment); start += timing.slide()) {
            long end = start + timing.size();
            Aggregate aggregate = watermark >= end && watermark - timing.grace() < end ? panes.between(start, end, key) : null;
            if (aggregate != null) {
                any = true;
                // a key that had nothing in this window has its first result only now
                int revision = aggregate.count() == 1 ? 0 : revisions.next(start, key);
                results.emit(result(start, key, revision, false, aggregate), position, end - 1, out);
            }
        }
        late += any ? 1 : 0;
    }

    /** Lets the watermark go on; windows whose end it reaches have their results. */
    private void advance(long to, StageOutput out) {
        if (to <= watermark) {
            return;
        }
        long before = watermark;
        watermark = to;
        if (timing.crossesAnEnd(before, to, 0)) {
            for (long start : timing.endingBetween(before, to, panes.starts())) {
                long end = start + timing.size();
                panes.between(start, end).forEach((key, aggregate) -> results
                        .emit(result(start, key, 0, false, aggregate), position, end - 1, out));
            }
        }
        if (timing.crossesAnEnd(before, to, timing.grace()) && to >= Long.MIN_VALUE + timing.grace() + timing.size()) {
            // the last window of these panes is final
            long last = timing.lastStart(to - timing.grace() - timing.size());
            panes.forgetBefore(last + 1);
            revisions.forgetBefore(last + 1);
        }
    }

    private WindowResult result(long start, String key, int revision, boolean open, Aggregate aggregate) {
        return new WindowResult(settings.name(), key, start, start + timing.size(), revision, open, aggregate.count(),
                settings.aggregation().results(aggregate));
    }

    /** When nothing comes for long enough, event time goes on as the clock does; also for windows from before a restart. */
    @Override
    public synchronized void tick(StageOutput out) {
        if (timing.idle() == 0 || watermark == Long.MIN_VALUE) {
            return;
        }
        long silence = seenAt == Long.MIN_VALUE ? 0 : out.now() - seenAt;
        if (silence >= timing.idle()) {
            advance(watermark + silence, out);
        }
        if (seenAt == Long.MIN_VALUE || silence >= timing.idle()) {
            seenAt = out.now();
        }
    }

    @Override
    public synchronized void finish(StageOutput out) {
        advance(Long.MAX_VALUE, out);
    }

    @Override
    public List<WindowResult> results(@Nullable String key, int most) {
        return results.last(key, most);
    }

    @Override
    public synchronized List<WindowResult> open(String key) {
        List<WindowResult> open = new ArrayList<>();
        for (long start : timing.endingBetween(watermark, Long.MAX_VALUE, panes.starts())) {
            Aggregate aggregate = panes.between(start, start + timing.size(), key);
            if (aggregate != null) {
                open.add(result(start, key, 0, true, aggregate));
            }
        }
        return open;
    }

    @Override
    public synchronized Map<String, Long> counts() {
        Map<String, Long> counts = new LinkedHashMap<>();
        counts.put("late", late);
        counts.put("too_late", tooLate);
        counts.put("results", results.made());
        counts.put("keys", (long) panes.keys());
        counts.put("without_room", overflowed);
        return counts;
    }

    @Override
    public boolean keepsState() {
        return true;
    }

    @Override
    public synchronized byte[] state() {
        return StageState.of(VERSION, out -> {
            out.writeLong(watermark);
            out.writeLong(late);
            out.writeLong(tooLate);
            out.writeLong(overflowed);
            panes.write(out);
            revisions.write(out);
        });
    }

    @Override
    public synchronized void restore(byte[] state) {
        StageState.restore(state, VERSION, in -> {
            watermark = in.readLong();
            late = in.readLong();
            tooLate = in.readLong();
            overflowed = in.readLong();
            panes.read(in);
            revisions.read(in);
        });
    }
}
