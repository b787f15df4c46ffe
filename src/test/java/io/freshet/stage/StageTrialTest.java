package io.freshet.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.freshet.stage.StageTrial.Outcome;
import io.freshet.stage.StageTrial.TriedRecord;

class StageTrialTest {

    private static StageTrial run(Stage stage, OnError onError) {
        StageTrial trial = new StageTrial(new NamedStage("tried", "kind", stage, onError), 1_000);
        trial.run(List.of(record(0), record(1), record(2)));
        return trial;
    }

    private static StageRecord record(long position) {
        return StageRecord.of(position, 1_000, new LinkedHashMap<>(Map.of("v", position)));
    }

    private static boolean isFirst(StageRecord record) {
        return record.position() == 0;
    }

    @Test
    void saysWhatBecameOfEachRecord() {
        StageTrial trial = run((record, out) -> {
            switch ((int) record.position()) {
                case 0 -> out.drop(record);
                case 1 -> out.divert(record, List.of("elsewhere"));
                default -> out.emit(record);
            }
        }, OnError.DEAD_LETTER);

        assertThat(trial.tried()).extracting(TriedRecord::id, TriedRecord::outcome, TriedRecord::sinks).containsExactly(
                org.assertj.core.groups.Tuple.tuple("0", Outcome.DROPPED, null),
                org.assertj.core.groups.Tuple.tuple("1", Outcome.DIVERTED, List.of("elsewhere")),
                org.assertj.core.groups.Tuple.tuple("2", Outcome.EMITTED, null));
        assertThat(trial.emitted()).extracting(StageRecord::position).containsExactly(2L);
        assertThat(trial.diverted()).extracting(StageRecord::position).containsExactly(1L);
    }

    @Test
    void showsRecordsAsTheyWereWhenTheyLeft() {
        StageTrial trial = run((record, out) -> {
            record.fields().put("v", "changed");
            out.emit(record);
        }, OnError.DEAD_LETTER);
        trial.emitted().forEach(record -> record.fields().put("v", "changed later"));

        assertThat(trial.tried()).extracting(tried -> tried.fields().get("v")).containsOnly("changed");
    }

    @Test
    void treatsFailuresAsTheDefinitionSays() {
        Stage failing = (record, out) -> {
            if (isFirst(record)) {
                throw new IllegalArgumentException("is wrong");
            }
            out.emit(record);
        };

        assertThat(run(failing, OnError.DEAD_LETTER).tried().get(0))
                .isEqualTo(new TriedRecord("0", Outcome.DEAD_LETTERED, Map.of("v", 0L), null, "is wrong"));
        assertThat(run(failing, OnError.PASS).tried().get(0).outcome()).isEqualTo(Outcome.EMITTED);
        assertThat(run(failing, OnError.PASS).tried().get(0).reason()).isEqualTo("is wrong");
        assertThat(run(failing, OnError.DROP).tried().get(0).outcome()).isEqualTo(Outcome.DROPPED);
        assertThat(run(failing, OnError.STOP).tried()).extracting(TriedRecord::outcome).containsExactly(Outcome.STOPPED);
        assertThat(run(failing, OnError.PASS).tried().get(1).reason()).isNull();
    }

    @Test
    void givesWhatAStageHoldsWhenItsInputEnds() {
        StageTrial trial = run(new Stage() {
            private int absorbed;

            @Override
            public void accept(StageRecord record, StageOutput out) {
                absorbed++;
            }

            @Override
            public void finish(StageOutput out) {
                out.emit(StageRecord.of(9, 1_000, new LinkedHashMap<>(Map.of("absorbed", absorbed))));
            }
        }, OnError.DEAD_LETTER);

        assertThat(trial.tried()).extracting(TriedRecord::outcome).containsExactly(Outcome.ABSORBED, Outcome.ABSORBED,
                Outcome.ABSORBED, Outcome.EMITTED);
        assertThat(trial.emitted().get(0).fields()).containsEntry("absorbed", 3);
    }
}
