package io.freshet.stream.alert;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import io.freshet.stream.health.StreamHealth;

/**
 * Derives alert events by comparing the current alerts with the previous ones. Retains the most recent events and notifies
 * listeners. Thread-safe; listeners are notified of one event at a time.
 */
public final class AlertLog {

    /** The identity of an alert: at most one alert with the same key is active. */
    private record Key(String stream, String name, String sink) {
    }

    private record Active(Instant since, StreamHealth.Alert alert) {
    }

    private static final String RAISED = "raised";
    private static final String UPDATED = "updated";
    private static final String CLEARED = "cleared";
    /** An alert whose value changes by less than this factor is not reported again. */
    private static final double NEWS = 2;

    private final int max;
    private final Consumer<AlertEvent> listener;
    private final Map<Key, Active> active = new HashMap<>();
    private final Deque<AlertEvent> events = new ArrayDeque<>();
    private long sequence;

    /** @param max the maximum number of events that are retained */
    public AlertLog(int max, Consumer<AlertEvent> listener) {
        this.max = max;
        this.listener = listener;
    }

    /**
     * Compares the health of all streams with the previous state. Alerts of streams that are missing from the list are cleared.
     */
    public synchronized void look(List<StreamHealth> streams, Instant now) {
        Map<Key, StreamHealth.Alert> present = new HashMap<>();
        streams.forEach(stream -> stream.alerts()
                .forEach(alert -> present.put(new Key(stream.stream(), alert.name(), alert.sink()), alert)));
        Map<Key, Active> gone = new HashMap<>(active);
        gone.keySet().removeAll(present.keySet());
        active.keySet().removeAll(gone.keySet());
        gone.forEach((key, before) -> tell(CLEARED, now, key, before));
        present.forEach((key, alert) -> look(key, alert, now));
    }

    private void look(Key key, StreamHealth.Alert alert, Instant now) {
        Active before = active.get(key);
        if (before == null || isNews(before.alert().value(), alert.value())) {
            Active after = new Active(before == null ? now : before.since(), alert);
            active.put(key, after);
            tell(before == null ? RAISED : UPDATED, now, key, after);
        }
    }

    private static boolean isNews(double before, double now) {
        return before != now && (now >= before * NEWS || now <= before / NEWS);
    }

    private void tell(String what, Instant now, Key key, Active about) {
        AlertEvent event = new AlertEvent(++sequence, what, now, about.since(), key.stream(), about.alert());
        events.addLast(event);
        if (events.size() > max) {
            events.removeFirst();
        }
        listener.accept(event);
    }

    /** Returns the most recent events, newest first. */
    public synchronized List<AlertEvent> last(int count) {
        List<AlertEvent> last = new ArrayList<>();
        events.descendingIterator().forEachRemaining(event -> {
            if (last.size() < count) {
                last.add(event);
            }
        });
        return last;
    }
}
