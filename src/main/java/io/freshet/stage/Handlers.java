package io.freshet.stage;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import io.freshet.event.FieldPath;

/** Processes each type of event with its own stages. */
public final class Handlers implements Stage {

    private final FieldPath field;
    private final Map<String, InlinePipeline> handlers;
    private final @Nullable InlinePipeline otherwise;

    /**
     * @param field the field that contains the type
     * @param handlers the stages by type
     * @param otherwise the stages for other types; null to drop such records
     */
    public Handlers(FieldPath field, Map<String, InlinePipeline> handlers, @Nullable InlinePipeline otherwise) {
        this.field = field;
        this.handlers = Map.copyOf(handlers);
        this.otherwise = otherwise;
    }

    @Override
    public void accept(StageRecord record, StageOutput out) {
        Object type = field.get(record.fields());
        InlinePipeline handler = type == null ? otherwise : handlers.getOrDefault(type.toString(), otherwise);
        if (handler == null) {
            out.drop(record);
        } else {
            handler.accept(record, out);
        }
    }

    /** Returns the stages of a kind that failed since a time, with the type as a prefix of their names. */
    List<Failures> failedSince(String kind, long since) {
        List<Failures> all = new ArrayList<>();
        new TreeMap<>(handlers).forEach((type, handler) -> all.addAll(failedSince(type, handler, kind, since)));
        if (otherwise != null) {
            all.addAll(failedSince("otherwise", otherwise, kind, since));
        }
        return all;
    }

    private static List<Failures> failedSince(String type, InlinePipeline handler, String kind, long since) {
        return handler.failedSince(kind, since).stream()
                .map(inner -> new Failures(type + "." + inner.stage(), inner.records())).toList();
    }
}
