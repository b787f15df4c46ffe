package io.freshet.stream.trial;

import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.annotation.JsonInclude;

import io.freshet.stage.StageTrial.TriedRecord;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * What a definition would do to its first records. Nothing was delivered, saved or committed.
 *
 * @param source the records as the source gives them
 * @param note why there are fewer records than asked for; null if there are not
 */
@RegisterForReflection(targets = { DryRun.class, DryRun.StageRun.class, DryRun.RecordRun.class, DryRun.SinkRun.class })
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DryRun(String name, List<Map<String, @Nullable Object>> source, List<StageRun> stages, List<SinkRun> sinks,
        @Nullable String note) {

    public DryRun {
        source = List.copyOf(source);
        stages = List.copyOf(stages);
        sinks = List.copyOf(sinks);
    }

    /**
     * A stage with what it did to each record.
     *
     * @param in the number of records that reached it
     * @param out the number of records that it emitted
     */
    public record StageRun(String name, String kind, int in, int out, List<RecordRun> records) {

        public StageRun {
            records = List.copyOf(records);
        }
    }

    /**
     * A record as a stage left it.
     *
     * @param id identifies the record in its stream
     * @param outcome emitted, diverted, dropped, dead_lettered, stopped or absorbed
     * @param sinks the sinks to which the record is routed
     * @param reason why the record failed
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record RecordRun(String id, String outcome, Map<String, @Nullable Object> record, @Nullable List<String> sinks,
            @Nullable String reason) {

        static RecordRun of(TriedRecord tried) {
            return new RecordRun(tried.id(), tried.outcome().name().toLowerCase(Locale.ROOT), tried.fields(), tried.sinks(),
                    tried.reason());
        }
    }

    /** A sink with the records that it would receive. */
    public record SinkRun(String name, String kind, List<Map<String, @Nullable Object>> records) {

        public SinkRun {
            records = List.copyOf(records);
        }
    }
}
