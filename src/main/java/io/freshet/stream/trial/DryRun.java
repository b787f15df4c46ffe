package io.freshet.stream.trial;

import java.util.HashMap;
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
 * @param read the number of records that were read, of which only some are shown
 * @param note why there are fewer records than asked for; null if there are not
 */
@RegisterForReflection(targets = { DryRun.class, DryRun.StageRun.class, DryRun.RecordRun.class, DryRun.SinkRun.class })
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DryRun(String name, List<Map<String, @Nullable Object>> source, List<StageRun> stages, List<SinkRun> sinks,
        int read, @Nullable String note) {

    public DryRun {
        source = List.copyOf(source);
        stages = List.copyOf(stages);
        sinks = List.copyOf(sinks);
    }

    private int passed() {
        return sinks.stream().mapToInt(sink -> sink.records().size()).max().orElse(0);
    }

    /** Returns whether fewer records than wanted reach the sinks because a stage dropped or rejected others. */
    boolean isSparse(int wanted) {
        return passed() < wanted && stages.stream().flatMap(stage -> stage.records().stream())
                .anyMatch(record -> record.outcome().equals("dropped") || record.outcome().equals("dead_lettered"));
    }

    /** Returns the run with only the first records of each kind, after a search among many. */
    DryRun shortened(int max) {
        int passed = passed();
        String found = read <= max ? note
                : passed >= max ? "read " + read + " records until " + max + " passed"
                        : "read " + read + " records, of which " + passed + " passed";
        return new DryRun(name, source.subList(0, Math.min(max, source.size())),
                stages.stream().map(stage -> stage.shortened(max)).toList(),
                sinks.stream().map(sink -> new SinkRun(sink.name(), sink.kind(),
                        sink.records().subList(0, Math.min(max, sink.records().size())))).toList(),
                read, found);
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

        private StageRun shortened(int max) {
            Map<String, Integer> shown = new HashMap<>();
            return new StageRun(name, kind, in, out,
                    records.stream().filter(record -> shown.merge(record.outcome(), 1, Integer::sum) <= max).toList());
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
