package io.freshet.stage;

import java.util.Map;

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
}
