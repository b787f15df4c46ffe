package io.freshet.stream.cluster;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import io.freshet.model.ConditionException;
import io.freshet.model.SynthesisModel;
import io.freshet.store.Models;
import io.freshet.stream.Streams;
import io.freshet.stream.definition.LearningDefinition;
import io.freshet.stream.definition.SourceDefinition;
import io.freshet.stream.definition.StreamDefinition;
import io.freshet.stream.definition.TwinDefinition;
import io.freshet.stream.engine.StreamState;
import io.freshet.table.Column;
import io.freshet.table.Schema;

/**
 * Finds the running and paused streams that draw from a model, on this instance and on others. Pinned streams keep a version of
 * their own and are not included.
 */
@ApplicationScoped
public class ModelUsers {

    private final Streams streams;
    private final StreamCluster shared;
    private final Models models;

    public ModelUsers(Streams streams, StreamCluster shared, Models models) {
        this.streams = streams;
        this.shared = shared;
        this.models = models;
    }

    /** Returns the names of the streams that use a model. */
    public List<String> of(String model) {
        return users(definition -> uses(definition, model));
    }

    /**
     * Returns the names of the streams that could not continue with another model under this name, because its columns differ
     * or their conditions cannot be met.
     */
    public List<String> unfit(String model, SynthesisModel next) {
        boolean alike = models.find(model).map(known -> types(known.model().schema()).equals(types(next.schema())))
                .orElse(true);
        return users(definition -> uses(definition, model) && !(alike && meetsConditions(definition, next)));
    }

    private List<String> users(Predicate<StreamDefinition> uses) {
        Map<String, StreamDefinition> active = new TreeMap<>();
        shared.elsewhere().forEach((name, saved) -> {
            if (!StreamState.isFinal(saved.state()) && !saved.isCorrupt()) {
                active.put(name, StreamDefinition.parseSaved(saved.definition()));
            }
        });
        streams.list().stream().filter(stream -> !stream.state().isFinal())
                .forEach(stream -> active.put(stream.name(), stream.definition()));
        return active.values().stream().filter(uses).map(StreamDefinition::recordName).distinct().toList();
    }

    private static boolean uses(StreamDefinition definition, String model) {
        if (definition.source() instanceof SourceDefinition.OfModel source) {
            return source.model().equals(model) && !source.pinned();
        }
        Optional<LearningDefinition> learning = definition.source() instanceof TwinDefinition twin
                ? Optional.of(twin.learning())
                : definition.source() instanceof TwinDefinition.OfChannel ofChannel ? Optional.of(ofChannel.learning())
                        : Optional.empty();
        return learning.filter(twin -> twin.model().orElse(definition.name()).equals(model)).isPresent();
    }

    private static Map<String, String> types(Schema schema) {
        return schema.columns().stream().collect(Collectors.toMap(Column::name, column -> column.type().typeName()));
    }

    private static boolean meetsConditions(StreamDefinition definition, SynthesisModel model) {
        if (definition.source() instanceof SourceDefinition.OfModel source) {
            try {
                model.generator(source.seed(), source.conditions());
            } catch (ConditionException e) {
                return false;
            }
        }
        return true;
    }
}
