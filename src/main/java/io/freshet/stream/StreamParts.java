package io.freshet.stream;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import org.jspecify.annotations.Nullable;

import io.freshet.sink.DeadLetterKeeper;
import io.freshet.source.Source;
import io.freshet.stage.StageChain;

/** Makes what a definition describes: the source, the stages and the sinks. */
@ApplicationScoped
public class StreamParts {

    private final StreamSources sources;
    private final StreamSinks sinks;
    private final StageTools tools;
    private final DeadLetterKeeper deadLetters;

    public StreamParts(StreamSources sources, StreamSinks sinks, StageTools tools, DeadLetterKeeper deadLetters) {
        this.sources = sources;
        this.sinks = sinks;
        this.tools = tools;
        this.deadLetters = deadLetters;
    }

    /**
     * @throws DefinitionException if there is no such model, or its rows cannot meet the conditions
     */
    Source source(StreamDefinition definition, StartingPoint start) {
        return sources.source(definition, start);
    }

    /**
     * The sinks, each with its guard. Nothing connects or is opened before the first batch.
     *
     * @param start whether the stream begins anew
     * @throws DefinitionException if a sink is not configured here, or wants what the source does not give
     */
    List<SinkRun> sinks(StreamDefinition definition, Source source, StartingPoint start, StreamMetrics metrics,
            StreamTime time) {
        return sinks.sinks(definition, source, start, metrics, time);
    }

    /** Whether simulated stores are open on a day. */
    boolean areStoresOpen(LocalDate day) {
        return sources.areStoresOpen(day);
    }

    /** Forgets what was kept for a stream. */
    void forget(String stream) {
        sources.forget(stream);
    }

    /**
     * Whether a stream of this definition could be started; of a topic only its sinks are looked at.
     *
     * @throws DefinitionException if not
     */
    void check(StreamDefinition definition, StreamTime time) {
        stages(definition, time);
        if (definition.source().readsTopic()) {
            sinks.check(definition, Optional.empty());
            return;
        }
        try (Source source = source(definition, StartingPoint.NEW)) {
            checkFields(definition, source);
            sinks.check(definition, source.schema());
        }
    }

    StreamTaps taps() {
        return sources.taps();
    }

    /**
     * The stages; null if there are none.
     *
     * @throws DefinitionException if a stage needs what is not configured here
     */
    @Nullable
    Staging stages(StreamDefinition definition, StreamTime time) {
        StageDefinitions wanted = definition.stages();
        if (!definition.isStaged()) {
            return null;
        }
        StageChain chain = new StageChain(wanted.stages().stream().map(stage -> stage.make(tools)).toList(), time::nanos);
        for (int i = 0; i < definition.sinks().size() && chain.keepsState(); i++) {
            if (definition.sinks().get(i) instanceof SinkDefinition.ToKafka to && to.target().exactlyOnce()) {
                throw new DefinitionException("sinks[" + i + "].kafka.exactlyOnce",
                        "cannot be had with stages that keep something, such as windows: their state is no part of the transaction");
            }
        }
        return new Staging(definition.name(), chain, wanted.routedTo(), deadLetters, time);
    }

    /**
     * @throws DefinitionException if a stage reads a field that the records of the source do not have
     */
    void checkFields(StreamDefinition definition, Source source) {
        definition.stages().uses().check(source.schema().map(StageDefinitions::fields).orElse(null));
    }
}
