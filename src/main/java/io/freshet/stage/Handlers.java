package io.freshet.stage;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import io.freshet.event.FieldPath;

/** For each type of event, stages of its own. */
public final class Handlers implements Stage {

    private final FieldPath field;
    private final Map<String, Pipeline> handlers;
    private final @Nullable Pipeline otherwise;

    /**
     * @param field says the type
     * @param handlers by type
     * @param otherwise for other types; null to drop them
     */
    public Handlers(FieldPath field, Map<String, Pipeline> handlers, @Nullable Pipeline otherwise) {
        this.field = field;
        this.handlers = Map.copyOf(handlers);
        this.otherwise = otherwise;
    }

    @Override
    public void accept(StageRecord record, StageOutput out) {
        Object type = field.get(record.fields());
        Pipeline handler = type == null ? otherwise : handlers.getOrDefault(type.toString(), otherwise);
        if (handler == null) {
            out.drop(record);
        } else {
            handler.accept(record, out);
        }
    }

    /** The stages of a kind that something was wrong for since a moment, with the type in front of their names. */
    List<Failures> failedSince(String kind, long since) {
        List<Failures> all = new ArrayList<>();
        new TreeMap<>(handlers).forEach((type, handler) -> all.addAll(failedSince(type, handler, kind, since)));
        if (otherwise != null) {
            all.addAll(failedSince("otherwise", otherwise, kind, since));
        }
        return all;
    }

    private static List<Failures> failedSince(String type, Pipeline handler, String kind, long since) {
        return handler.failedSince(kind, since).stream()
                .map(inner -> new Failures(type + "." + inner.stage(), inner.records())).toList();
    }
}
