package io.freshet.stream.trial;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.freshet.codec.FieldMaps;
import io.freshet.codec.RecordBatch;
import io.freshet.source.Source;
import io.freshet.stage.NamedStage;
import io.freshet.stage.StageRecord;
import io.freshet.stage.StageTrial;
import io.freshet.stream.assembly.StreamParts;
import io.freshet.stream.definition.DefinitionException;
import io.freshet.stream.definition.StageContext;
import io.freshet.stream.definition.StageDefinition;
import io.freshet.stream.definition.StreamDefinition;
import io.freshet.stream.delivery.StreamTime;
import io.freshet.stream.engine.ResumePoint;
import io.freshet.stream.engine.StageExecutor;
import io.freshet.stream.engine.StagedRecords;

/**
 * Runs the first records of a definition through its stages, without sinks. Stages are run one after the other, so that what
 * each of them did is known. Thread-safe.
 */
@ApplicationScoped
public class DryRuns {

    private static final int BATCH = 64;
    /** Simulated events that happen within this time are taken now. */
    private static final Duration AHEAD = Duration.ofDays(2);
    private static final int MAX_SEARCHED = 20_000;
    private static final int FURTHER = 12;
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final Set<String> STATEFUL = Set.of("window", "voxels", "buffer", "queue", "custom");
    private static final StreamTime TIME = StreamTime.SYSTEM;

    private final StreamParts parts;
    private final TrialRecords records;
    private final StageContext tools;

    DryRuns(StreamParts parts, TrialRecords records, StageContext tools) {
        this.parts = parts;
        this.records = records;
        this.tools = tools;
    }

    /**
     * Tries a definition.
     *
     * @param max the number of records
     * @throws DefinitionException if a stream of this definition could not be started
     */
    public DryRun run(StreamDefinition definition, int max) {
        return attempt(definition, max);
    }

    /**
     * Tries a definition as {@link #run} does, and reads on while stages drop or reject most records, until enough pass.
     *
     * @param wanted the number of records that shall pass
     */
    public DryRun search(StreamDefinition definition, int wanted) {
        long startedAt = TIME.nanos();
        int max = wanted;
        DryRun run = attempt(definition, max);
        while (run.isSparse(wanted) && run.read() == max && max < MAX_SEARCHED
                && TIME.nanos() - startedAt < PATIENCE.toNanos() && !hasState(definition)) {
            max = Math.min(MAX_SEARCHED, max * FURTHER);
            run = attempt(definition, max);
        }
        return run.shortened(wanted);
    }

    /** A stage that keeps state makes something else of more records. */
    private static boolean hasState(StreamDefinition definition) {
        return definition.stages().stages().stream().anyMatch(stage -> STATEFUL.contains(stage.kind()));
    }

    private DryRun attempt(StreamDefinition definition, int max) {
        StreamDefinition renamed = renamed(definition);
        try {
            parts.check(renamed, TIME);
            Instant now = TIME.now();
            List<StageRecord> taken = records.outside(renamed.source(), max)
                    .map(objects -> records(objects, now)).orElseGet(() -> drawn(renamed, max, now));
            List<Map<String, @Nullable Object>> source = copies(taken);
            String note = taken.size() < max ? TrialRecords.note(renamed.source(), taken.size()) : null;
            return run(definition, taken, source, note);
        } finally {
            parts.forget(renamed.name());
        }
    }

    /** Under a name of its own, a dry run cannot touch what belongs to a stream of the same name. */
    private StreamDefinition renamed(StreamDefinition definition) {
        ObjectNode json = definition.json().deepCopy();
        json.put("name", "dry-run-" + UUID.randomUUID());
        return StreamDefinition.parse(json).startingAt(TIME.now(), parts::areStoresOpen);
    }

    private List<StageRecord> drawn(StreamDefinition definition, int max, Instant now) {
        try (Source source = parts.source(definition, ResumePoint.NEW)) {
            List<StageRecord> taken = new ArrayList<>();
            int available = 1;
            while (taken.size() < max && available > 0 && !source.isExhausted()) {
                int wanted = Math.min(BATCH, max - taken.size());
                available = Math.min(wanted, source.available(taken.size(), wanted, now.plus(AHEAD)));
                if (available > 0) {
                    taken.addAll(records(source.next(taken.size(), available, null), taken.size(), now));
                }
            }
            return List.copyOf(taken.subList(0, Math.min(max, taken.size())));
        }
    }

    private static List<StageRecord> records(RecordBatch batch, long position, Instant now) {
        List<StageRecord> taken = new ArrayList<>();
        List<@Nullable Map<String, @Nullable Object>> maps = FieldMaps.of(batch);
        for (int i = 0; i < maps.size(); i++) {
            Map<String, @Nullable Object> fields = maps.get(i);
            if (fields != null) {
                taken.add(StageExecutor.record(batch, i, position + i, now.toEpochMilli(), fields));
            }
        }
        return taken;
    }

    private static List<StageRecord> records(List<Map<String, @Nullable Object>> objects, Instant now) {
        List<StageRecord> taken = new ArrayList<>();
        for (Map<String, @Nullable Object> object : objects) {
            taken.add(StageRecord.of(taken.size(), now.toEpochMilli(), object));
        }
        return taken;
    }

    private DryRun run(StreamDefinition definition, List<StageRecord> taken, List<Map<String, @Nullable Object>> source,
            @Nullable String note) {
        List<DryRun.StageRun> stages = new ArrayList<>();
        List<StageRecord> leaving = new ArrayList<>();
        List<StageRecord> current = taken;
        for (StageDefinition wanted : definition.stages().stages()) {
            NamedStage stage = wanted.make(tools);
            try {
                StageTrial trial = new StageTrial(stage, TIME.now().toEpochMilli());
                trial.run(current);
                stages.add(new DryRun.StageRun(stage.name(), stage.kind(), current.size(), trial.emitted().size(),
                        trial.tried().stream().map(DryRun.RecordRun::of).toList()));
                leaving.addAll(trial.diverted());
                current = trial.emitted();
            } finally {
                stage.stage().release();
            }
        }
        leaving.addAll(current);
        return new DryRun(definition.name(), source, stages, sinks(definition, leaving), source.size(), note);
    }

    private static List<DryRun.SinkRun> sinks(StreamDefinition definition, List<StageRecord> leaving) {
        StagedRecords all = new StagedRecords(leaving, definition.stages().routedTo());
        List<DryRun.SinkRun> sinks = new ArrayList<>();
        for (String name : definition.sinkNames()) {
            sinks.add(new DryRun.SinkRun(name, definition.sinks().get(sinks.size()).kind(), copies(all.of(name).records())));
        }
        return sinks;
    }

    /** Later stages change records in place, so what is shown is copied. */
    @SuppressWarnings("NullAway") // an event's fields are never null
    private static List<Map<String, @Nullable Object>> copies(List<StageRecord> records) {
        return List.copyOf(FieldMaps.of(new StagedRecords(records, Set.of()).batch()));
    }
}
