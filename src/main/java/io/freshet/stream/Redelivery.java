package io.freshet.stream;

import java.util.List;

import io.freshet.sink.DeadLetter;

/** Delivers dead letters after all. */
final class Redelivery {

    private Redelivery() {
    }

    /**
     * Hands a dead letter to the sink it was meant for, one that a stage rejected to all sinks that nothing is routed to, past
     * the
     * stages; whether it arrived. Blocks.
     */
    static boolean of(Stream stream, DeadLetter letter) {
        if (stream.state().isFinal()) {
            return false;
        }
        String from = letter.address().sink();
        boolean ofStage = stream.stages().stream().flatMap(stages -> stages.statistics().stream())
                .anyMatch(stage -> stage.name().equals(from));
        if (!ofStage || stream.sinks().stream().anyMatch(sink -> sink.name().equals(from))) {
            return stream.sinks().stream().anyMatch(sink -> sink.redeliver(letter));
        }
        List<SinkRun> open = stream.sinks().stream()
                .filter(sink -> !stream.definition().stages().routedTo().contains(sink.name())).toList();
        // the bytes are JSON, which only some take as it is
        return !open.isEmpty() && open.stream().allMatch(sink -> sink.sink().encoder() == null && sink.resend(letter));
    }
}
