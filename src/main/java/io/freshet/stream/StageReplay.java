package io.freshet.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.freshet.deadletter.LetterOutcome;
import io.freshet.sink.DeadLetter;
import io.freshet.stage.NamedStage;
import io.freshet.stage.StageRecord;
import io.freshet.stage.StageTrial;
import io.freshet.stream.definition.StageContext;
import io.freshet.stream.definition.StageDefinition;
import io.freshet.stream.engine.Stream;

/**
 * Sends a record that a stage rejected through the stages of its stream again: the one that rejected it, and those after it.
 * Stages that keep state between records are those of the running stream, so a record cannot be sent through them later.
 */
final class StageReplay {

    private static final Set<String> WITHOUT_STATE = Set.of("filter", "transform", "enrich", "route", "expect", "handlers");

    private final Stream stream;
    private final StageContext tools;

    StageReplay(Stream stream, StageContext tools) {
        this.stream = stream;
        this.tools = tools;
    }

    /** Delivers what the stages emit to the sinks. Blocks. */
    LetterOutcome deliver(DeadLetter letter) {
        List<StageDefinition> all = stream.definition().stages().stages();
        String from = letter.address().sink();
        List<StageDefinition> stages = all.stream().dropWhile(stage -> !stage.name().equals(from)).toList();
        if (stages.isEmpty()) {
            return LetterOutcome.remains("the stream has no stage " + from + " any more; its stages are "
                    + all.stream().map(StageDefinition::name).collect(Collectors.joining(", ")));
        }
        Optional<StageDefinition> stateful = stages.stream().filter(stage -> !WITHOUT_STATE.contains(stage.kind())).findFirst();
        if (stateful.isPresent()) {
            return LetterOutcome.remains("the stage " + stateful.get().name()
                    + " keeps state, so records cannot be sent through it later");
        }
        Map<String, @Nullable Object> fields = Redelivery.object(letter);
        if (fields == null) {
            return LetterOutcome.remains("the record is not a JSON object");
        }
        return run(stages, record(letter, fields), letter);
    }

    private static StageRecord record(DeadLetter letter, Map<String, @Nullable Object> fields) {
        StageRecord record = StageRecord.of(letter.address().position(),
                letter.content().timestamp().orElse(letter.cause().time().toEpochMilli()), fields);
        byte[] key = letter.key();
        if (key != null) {
            record.setKey(key);
        }
        if (!letter.content().headers().isEmpty()) {
            record.setHeaders(letter.content().headers());
        }
        return record;
    }

    private LetterOutcome run(List<StageDefinition> stages, StageRecord record, DeadLetter letter) {
        List<StageRecord> current = List.of(record);
        List<StageRecord> leaving = new ArrayList<>();
        String last = "";
        for (StageDefinition definition : stages) {
            NamedStage stage = definition.make(tools);
            try {
                StageTrial trial = new StageTrial(stage, letter.cause().time().toEpochMilli());
                trial.run(current);
                Optional<String> again = rejection(trial);
                if (again.isPresent()) {
                    return LetterOutcome.remains(stage.name() + " rejects it again: " + again.get());
                }
                leaving.addAll(trial.diverted());
                current = trial.emitted();
                last = current.isEmpty() && last.isEmpty() ? stage.name() : last;
            } finally {
                stage.stage().release();
            }
        }
        leaving.addAll(current);
        return leaving.isEmpty() ? LetterOutcome.dropped(last) : Redelivery.of(stream, letter, leaving);
    }

    private static Optional<String> rejection(StageTrial trial) {
        return trial.tried().stream()
                .filter(tried -> tried.outcome() == StageTrial.Outcome.DEAD_LETTERED
                        || tried.outcome() == StageTrial.Outcome.STOPPED)
                .map(tried -> String.valueOf(tried.reason())).findFirst();
    }
}
