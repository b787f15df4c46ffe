package io.freshet.stream;

import java.time.Instant;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.freshet.codec.BatchMetadata;
import io.freshet.memory.MemoryBudget;
import io.freshet.sink.EncodedBatch;
import io.freshet.source.PushSource;
import io.freshet.source.Source;
import io.freshet.store.History;
import io.freshet.store.StageStates;
import io.freshet.stream.assembly.PushReports;
import io.freshet.stream.assembly.StreamParts;
import io.freshet.stream.definition.DefinitionException;
import io.freshet.stream.definition.StreamDefinition;
import io.freshet.stream.delivery.StreamMetrics;
import io.freshet.stream.delivery.StreamTime;
import io.freshet.stream.engine.ResumePoint;
import io.freshet.stream.engine.StageExecutor;
import io.freshet.stream.engine.StateRestorer;
import io.freshet.stream.engine.Stream;

/** Builds streams from their definitions, without starting them. */
final class StreamBuilder {

    private final StreamParts parts;
    private final StageStates states;
    private final StateRestorer resumption;
    private final StreamMeters meters;
    private final StreamHooks hooks;
    private final StreamTime time;
    private final MemoryBudget memory;
    private final Consumer<EncodedBatch> outgoing;

    StreamBuilder(StreamParts parts, StageStates states, History history, StreamMeters meters, StreamHooks hooks,
            StreamTime time, MemoryBudget memory) {
        this.memory = memory;
        this.parts = parts;
        this.states = states;
        this.resumption = new StateRestorer(states);
        this.meters = meters;
        this.hooks = hooks;
        this.time = time;
        this.outgoing = batch -> {
            BatchMetadata metadata = batch.metadata();
            Instant made = metadata == null ? time.now() : metadata.generatedAt();
            for (EncodedBatch part : batch.withoutTombstones()) {
                history.add(part.stream(), part.position(), part.records(),
                        record -> part.timestamp(record).orElse(made.toEpochMilli()));
                parts.taps().publish(part.stream(), part.records());
            }
            hooks.generated(batch);
        };
    }

    /**
     * @param before the stream that it continues, which has ended; null if there is none
     * @throws DefinitionException if the definition names something that does not exist here
     * @throws io.freshet.store.CorruptEntryException if the saved state of its stages cannot be read
     */
    Stream stream(StreamDefinition definition, ResumePoint given, @Nullable Stream before) {
        String name = definition.name();
        StageExecutor stages = parts.stages(definition, time);
        ResumePoint from = stages == null || !given.restored() ? given
                : before == null ? resumption.restored(stages, name, given) : resumption.takenOver(stages, before, given);
        if (stages != null) {
            stages.saveTo(state -> states.save(name, state));
        }
        Source source = parts.source(definition, from);
        parts.checkFields(definition, source);
        if (before != null && source instanceof PushSource pushed) {
            before.pushes().ifPresent(records -> pushed.adopt(records, from.position()));
        }
        if (stages != null) {
            source.pushes().ifPresent(records -> stages.reportTo(rejected -> PushReports.report(rejected, records)));
        }
        StreamMetrics metrics = hooks.around(name, meters.of(name));
        return new Stream(definition,
                new Stream.Parts(source, stages, parts.sinks(definition, source, from, metrics, time), metrics, outgoing, time,
                        memory.slice()),
                from);
    }
}
