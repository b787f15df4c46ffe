package io.freshet.stage;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Windows of a fixed number of records per key, in the order of arrival, tumbling or sliding. When a new key exceeds the
 * maximum number of keys, the key whose last record is the oldest is evicted with its open windows. Any thread may ask for
 * results.
 */
public final class CountWindow implements Window {

    private static final int VERSION = 1;

    /** The panes of one key whose windows are still open. */
    private static final class Run {
        private final Deque<Aggregate> panes = new ArrayDeque<>();
        private long records;
    }

    private final WindowSettings settings;
    private final int size;
    private final int slide;
    private final LinkedHashMap<String, Run> runs = new LinkedHashMap<>(16, 0.75f, true);
    private final ResultRecords results;
    private long forgotten;
    private long withoutKey;
    private long notNumbers;

    /**
     * @param size the number of records in a window: a multiple of the slide
     * @param slide the number of records from the start of one window to the start of the next
     */
    public CountWindow(WindowSettings settings, int size, int slide) {
        if (slide < 1 || size < slide || size % slide != 0) {
            throw new IllegalArgumentException("the size of a window must be a multiple of its slide");
        }
        this.settings = settings;
        this.size = size;
        this.slide = slide;
        this.results = new ResultRecords(settings, false);
    }

    @Override
    public synchronized void accept(StageRecord record, StageOutput out) {
        String key = settings.key(record);
        withoutKey += settings.lacksKey(record) ? 1 : 0;
        Run run = runs.get(key);
        if (run == null) {
            run = new Run();
            runs.put(key, run);
            forgetOldest();
        }
        if (run.records % slide == 0) {
            run.panes.add(settings.aggregation().create());
        }
        notNumbers += run.panes.getLast().add(record.fields());
        run.records++;
        if (run.records % slide == 0 && run.records >= size) {
            results.emit(result(key, run, run.records - size, false), record.position(), record.time(), out);
            run.panes.removeFirst();
        }
        results.passOn(record, out);
    }

    private void forgetOldest() {
        if (runs.size() > settings.mostKeys()) {
            Iterator<String> oldest = runs.keySet().iterator();
            oldest.next();
            oldest.remove();
            forgotten++;
        }
    }

    private WindowResult result(String key, Run run, long start, boolean open) {
        Aggregate all = settings.aggregation().create();
        run.panes.forEach(all::merge);
        return new WindowResult(settings.name(), key, start, start + size, 0, open, all.count(),
                settings.aggregation().results(all));
    }

    @Override
    public boolean mergesPartitions() {
        return settings.results() == null;
    }

    @Override
    public List<WindowResult> results(@Nullable String key, int max) {
        return results.last(key, max);
    }

    @Override
    public synchronized List<WindowResult> open(String key) {
        Run run = runs.get(key);
        return run == null || run.panes.isEmpty() ? List.of()
                : List.of(result(key, run, Math.max(0, (run.records + slide - 1) / slide * slide - size), true));
    }

    @Override
    public synchronized Map<String, Long> counts() {
        Map<String, Long> counts = new LinkedHashMap<>();
        counts.put("results", results.made());
        counts.put("keys", (long) runs.size());
        counts.put("keys_forgotten", forgotten);
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
            out.writeLong(forgotten);
            out.writeInt(runs.size());
            for (Map.Entry<String, Run> each : runs.entrySet()) {
                StageState.writeText(out, each.getKey());
                out.writeLong(each.getValue().records);
                out.writeInt(each.getValue().panes.size());
                for (Aggregate pane : each.getValue().panes) {
                    pane.write(out);
                }
            }
            out.writeLong(withoutKey);
            out.writeLong(notNumbers);
        });
    }

    @Override
    public synchronized void restore(byte[] state) {
        StageState.restore(state, VERSION, in -> {
            forgotten = in.readLong();
            int keys = in.readInt();
            for (int i = 0; i < keys; i++) {
                Run run = new Run();
                runs.put(StageState.readText(in), run);
                run.records = in.readLong();
                int panes = in.readInt();
                for (int pane = 0; pane < panes; pane++) {
                    Aggregate aggregate = settings.aggregation().create();
                    aggregate.read(in);
                    run.panes.add(aggregate);
                }
            }
            if (StageState.hasMore(in)) {
                withoutKey = in.readLong();
                notNumbers = in.readLong();
            }
        });
    }
}
