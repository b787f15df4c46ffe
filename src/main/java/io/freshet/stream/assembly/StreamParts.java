package io.freshet.stream.assembly;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import org.jspecify.annotations.Nullable;

import io.freshet.deadletter.DeadLetterQueue;
import io.freshet.source.Source;
import io.freshet.stage.StagePipeline;
import io.freshet.stream.definition.DefinitionException;
import io.freshet.stream.definition.SinkDefinition;
import io.freshet.stream.definition.StageContext;
import io.freshet.stream.definition.StageDefinitions;
import io.freshet.stream.definition.StreamDefinition;
import io.freshet.stream.delivery.SinkTask;
import io.freshet.stream.delivery.StreamMetrics;
import io.freshet.stream.delivery.StreamTime;
import io.freshet.stream.engine.ResumePoint;
import io.freshet.stream.engine.StageExecutor;

/** Creates the source, the stages and the sinks that a definition describes. */
@ApplicationScoped
public class StreamParts {

    private final StreamSources sources;
    private final StreamSinks sinks;
    private final StageContext tools;
    private final DeadLetterQueue deadLetters;

    public StreamParts(StreamSources sources, StreamSinks sinks, StageContext tools, DeadLetterQueue deadLetters) {
        this.sources = sources;
        this.sinks = sinks;
        this.tools = tools;
        this.deadLetters = deadLetters;
    }

    /** @throws DefinitionException if the model does not exist, or its rows cannot meet the conditions */
    public Source source(StreamDefinition definition, ResumePoint start) {
        return sources.source(definition, start);
    }

    /**
     * Creates the sinks, each with its guard. Connections are opened when the first batch is delivered.
     *
     * @param start whether the stream begins or resumes
     * @throws DefinitionException if a sink is not configured, or needs something that the source does not provide
     */
    public List<SinkTask> sinks(StreamDefinition definition, Source source, ResumePoint start, StreamMetrics metrics,
            StreamTime time) {
        return sinks.sinks(definition, source, start, metrics, time);
    }

    /** Returns whether simulated stores are open on a day. */
    public boolean areStoresOpen(LocalDate day) {
        return sources.areStoresOpen(day);
    }

    /** Deletes the stored data of a stream. */
    public void forget(String stream) {
        sources.forget(stream);
    }

    /**
     * Checks that a stream with this definition could be started. The source of a topic is not contacted.
     *
     * @throws DefinitionException if it could not
     */
    public void check(StreamDefinition definition, StreamTime time) {
        check(definition, ResumePoint.NEW, time);
    }

    /** Checks the same for a stream that continues where another one was. */
    public void check(StreamDefinition definition, ResumePoint start, StreamTime time) {
        stages(definition, time);
        if (definition.source().readsTopic()) {
            sinks.check(definition, Optional.empty());
            return;
        }
        try (Source source = source(definition, start)) {
            checkFields(definition, source);
            sinks.check(definition, source.schema());
        }
    }

    public StreamTaps taps() {
        return sources.taps();
    }

    /**
     * Creates the stages; returns null if there are none.
     *
     * @throws DefinitionException if a stage needs something that is not configured
     */
    public @Nullable StageExecutor stages(StreamDefinition definition, StreamTime time) {
        StageDefinitions wanted = definition.stages();
        if (!definition.isStaged()) {
            return null;
        }
        StagePipeline chain = new StagePipeline(wanted.stages().stream().map(stage -> stage.make(tools)).toList(), time::nanos);
        if (definition.shards() > 1 && chain.keepsState()) {
            throw new DefinitionException("stages",
                    "cannot keep state, as windows do, in a stream with shards, because each shard would keep its own");
        }
        for (int i = 0; i < definition.sinks().size() && chain.keepsState(); i++) {
            if (definition.sinks().get(i) instanceof SinkDefinition.ToKafka to && to.target().exactlyOnce()) {
                throw new DefinitionException("sinks[" + i + "].kafka.exactlyOnce",
                        "cannot be used with stages that keep state, such as windows: their state is not part of the transaction");
            }
        }
        return new StageExecutor(definition.recordName(), chain, wanted.routedTo(), deadLetters, time);
    }

    /**
     * @throws DefinitionException if a stage reads a field that the records of the source do not have
     */
    public void checkFields(StreamDefinition definition, Source source) {
        definition.stages().uses().check(source.schema().map(StageDefinitions::fields).orElse(null));
    }
}
