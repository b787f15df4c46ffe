package io.freshet.stream;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What has happened to alerts: compares what is wrong now with what was wrong before. Keeps the last events, and tells
 * listeners. Thread-safe; listeners are told one event after the other.
 */
public final class AlertLog {

    /** An alert is named by these: there is one of each at a time. */
    private record Key(String stream, String name, String sink) {
    }

    private record Active(Instant since, StreamHealth.Alert alert) {
    }

    private static final String RAISED = "raised";
    private static final String UPDATED = "updated";
    private static final String CLEARED = "cleared";
    /** Smaller changes are no news. */
    private static final double NEWS = 2;

    private final int most;
    private final Consumer<AlertEvent> listener;
    private final Map<Key, Active> active = new HashMap<>();
    private final Deque<AlertEvent> events = new ArrayDeque<>();
    private long sequence;

    /** @param most so many events are kept */
    public AlertLog(int most, Consumer<AlertEvent> listener) {
        this.most = most;
        this.listener = listener;
    }

    /** Says how all streams are; those that are not among them are no more, and have no alerts. */
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
        if (events.size() > most) {
            events.removeFirst();
        }
        listener.accept(event);
    }

    /** The last events, newest first. */
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
