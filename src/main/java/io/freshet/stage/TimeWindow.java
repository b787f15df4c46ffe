package io.freshet.stage;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

import org.jspecify.annotations.Nullable;

import io.freshet.event.FieldPath;
import io.freshet.event.Times;

/**
 * Windows of event time, tumbling or sliding, for each key separately. The watermark is the event time of the source minus the
 * delay, and a window emits its result when the watermark reaches its end. A record that arrives later but within the grace
 * period amends each result it belongs to with a new revision. A record that is too late for all its windows is counted and
 * passed to the {@link LateHandling}. The cost of a record does not depend on the length of the windows. When the maximum
 * number of keys is reached, records of further keys are counted together under the key {@value #OTHERS}. A key is removed with
 * its last window. Any thread may ask for results.
 */
public final class TimeWindow implements Window {

    /** The key of records whose own key exceeds the maximum number of keys. */
    public static final String OTHERS = "_others";
    private static final int VERSION = 1;
    /** How long a source must have been silent before its last record is accepted, however far ahead it is. */
    private static final long SETTLED_MILLIS = 1_000;
    private static final int MAX_PANES_AHEAD = 1_000;

    private final WindowSettings settings;
    private final @Nullable FieldPath time;
    private final WindowTiming timing;
    private final LateHandling lateHandling;
    private final Panes panes;
    private final Revisions revisions = new Revisions();
    private final ResultRecords results;
    private final EventTime eventTime;
    private final AnnouncedTimes announced = new AnnouncedTimes();
    private final RecentShare recentlyLate = new RecentShare();
    private final RecentShare recentlyAhead = new RecentShare();
    private long late;
    private long tooLate;
    private long overflowed;
    private long withoutKey;
    private long notNumbers;
    private long watermark = Long.MIN_VALUE;
    private long appliedSilence;
    private long position;

    /** @param time the field that contains the time of a record; null for the record's own time */
    public TimeWindow(WindowSettings settings, @Nullable FieldPath time, WindowTiming timing, LateHandling lateHandling) {
        this.settings = settings;
        this.time = time;
        this.timing = timing;
        this.lateHandling = lateHandling;
        this.panes = new Panes(settings.aggregation());
        this.results = new ResultRecords(settings, true);
        this.eventTime = new EventTime(timing.maxJump());
    }

    @Override
    public synchronized void accept(StageRecord record, StageOutput out) {
        announced.drainTo(record.position(), passed -> pass(passed, out));
        OptionalLong found = moment(record);
        if (found.isEmpty()) {
            eventTime.untimed(record.partition());
            throw new IllegalArgumentException(time + " is not a valid time");
        }
        long moment = found.getAsLong();
        position = record.position();
        observe(record.partition(), moment, out);
        long last = timing.lastStart(moment);
        if (isFinal(last + timing.size())) {
            tooLate++;
            recentlyLate.add(out.now(), true);
            lateHandling.handle(record, out);
            return;
        }
        recentlyLate.add(out.now(), false);
        withoutKey += settings.lacksKey(record) ? 1 : 0;
        String key = settings.key(record);
        if (panes.keys() >= settings.mostKeys() && !panes.knows(key)) {
            overflowed++;
            key = OTHERS;
        }
        notNumbers += panes.at(last, key).add(record.fields());
        if (watermark >= timing.firstStart(moment) + timing.size()) {
            amend(moment, key, out);
        }
        results.passOn(record, out);
    }

    /** Whether a window with this end can no longer be amended; never before there is a watermark. */
    private boolean isFinal(long end) {
        return watermark >= EventClock.plus(end, timing.grace());
    }

    private OptionalLong moment(StageRecord record) {
        return time == null ? OptionalLong.of(record.time()) : Times.millis(time.get(record.fields()), settings.unit());
    }

    /**
     * Advances event time by a record.
     *
     * @throws IllegalArgumentException if its time is beyond the bound and too many windows are open that far ahead
     */
    private void observe(int partition, long moment, StageOutput out) {
        long reference = reference(partition, out);
        boolean within = eventTime.observe(partition, moment, reference);
        recentlyAhead.add(out.now(), !within);
        follow(out);
        if (!within && panes.startingAfter(EventClock.plus(reference, timing.maxJump())) >= MAX_PANES_AHEAD) {
            throw new IllegalArgumentException("its time is further ahead of event time than " + timing.maxJump() + " ms");
        }
    }

    /** Returns the time from which jumps are measured: the partition's event time, or the clock before its first record. */
    private long reference(int partition, StageOutput out) {
        long reached = watermark == Long.MIN_VALUE ? watermark : EventClock.plus(watermark, timing.delay());
        long known = eventTime.time(partition);
        return Math.max(reached, known == Long.MIN_VALUE ? out.now() : known);
    }

    /** Advances event time by a record that an earlier stage dropped. */
    private void pass(AnnouncedTimes.Announced dropped, StageOutput out) {
        if (dropped.moment().isEmpty()) {
            eventTime.untimed(dropped.partition());
        } else {
            eventTime.observe(dropped.partition(), dropped.moment().getAsLong(), reference(dropped.partition(), out));
        }
        follow(out);
    }

    private void follow(StageOutput out) {
        long reached = eventTime.time();
        if (reached >= Long.MIN_VALUE + timing.delay()) {
            advance(reached - timing.delay(), out);
        }
    }

    @Override
    public synchronized void announce(List<StageRecord> records) {
        announced.add(records, this::moment);
    }

    @Override
    public synchronized void endBatch(StageOutput out) {
        announced.drain(passed -> pass(passed, out));
    }

    @Override
    public boolean mergesPartitions() {
        return settings.results() == null;
    }

    /**
     * Returns the share of the last minute's records that were too late, 0 to 1. Any thread may call it.
     *
     * @param now milliseconds since 1970
     */
    public synchronized double lateShare(long now) {
        return recentlyLate.share(now);
    }

    /**
     * Returns the share of the last minute's records whose times were too far ahead to advance event time, 0 to 1. Any thread
     * may call it.
     *
     * @param now milliseconds since 1970
     */
    public synchronized double aheadShare(long now) {
        return recentlyAhead.share(now);
    }

    /** Returns the name of the stage. */
    public String name() {
        return settings.name();
    }

    /** Emits amended results for the windows of a late record that already had results. */
    private void amend(long moment, String key, StageOutput out) {
        boolean any = false;
        for (long start = timing.firstStart(moment); start <= timing.lastStart(moment); start += timing.slide()) {
            long end = start + timing.size();
            Aggregate aggregate = watermark >= end && !isFinal(end) ? panes.between(start, end, key) : null;
            if (aggregate != null) {
                any = true;
                // a key without earlier records in this window has its first result only now
                int revision = aggregate.count() == 1 ? 0 : revisions.next(start, key);
                results.emit(result(start, key, revision, false, aggregate), position, end - 1, out);
            }
        }
        late += any ? 1 : 0;
    }

    /** Advances the watermark and emits the results of the windows whose ends it reaches. */
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
            // this is the last window that has become final
            long last = timing.lastStart(to - timing.grace() - timing.size());
            panes.forgetBefore(last + 1);
            revisions.forgetBefore(last + 1);
        }
    }

    private WindowResult result(long start, String key, int revision, boolean open, Aggregate aggregate) {
        return new WindowResult(settings.name(), key, start, start + timing.size(), revision, open, aggregate.count(),
                settings.aggregation().results(aggregate));
    }

    /** While the source is silent for long enough, event time advances with the clock, also after a restart. */
    @Override
    public synchronized void tick(StageOutput out) {
        eventTime.progress(out.progress());
        long silence = out.progress().silentMillis();
        if (silence >= SETTLED_MILLIS) {
            eventTime.settle(out.now());
        }
        follow(out);
        appliedSilence = silence < appliedSilence ? 0 : appliedSilence;
        if (timing.idle() > 0 && silence >= timing.idle() && watermark != Long.MIN_VALUE) {
            advance(EventClock.plus(watermark, silence - appliedSilence), out);
            appliedSilence = silence;
        }
    }

    @Override
    public synchronized void finish(StageOutput out) {
        advance(Long.MAX_VALUE, out);
    }

    @Override
    public List<WindowResult> results(@Nullable String key, int max) {
        return results.last(key, max);
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
        counts.put("too_far_ahead", eventTime.rejected());
        counts.put("results", results.made());
        counts.put("keys", (long) panes.keys());
        counts.put("without_room", overflowed);
        counts.put("without_key", withoutKey);
        counts.put("not_numbers", notNumbers);
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
            out.writeLong(withoutKey);
            out.writeLong(notNumbers);
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
            if (StageState.hasMore(in)) {
                withoutKey = in.readLong();
                notNumbers = in.readLong();
            }
        });
    }
}
