package io.freshet.stream;

import java.util.function.Function;

import jakarta.enterprise.context.ApplicationScoped;

import io.freshet.deadletter.LetterOutcome;
import io.freshet.sink.DeadLetter;
import io.freshet.stream.definition.StageContext;
import io.freshet.stream.engine.Stream;

/** Delivers dead letters to the streams that they come from. Blocks. Thread-safe. */
@ApplicationScoped
public class LetterDeliveries {

    private final Streams streams;
    private final StageContext tools;

    public LetterDeliveries(Streams streams, StageContext tools) {
        this.streams = streams;
        this.tools = tools;
    }

    /** Delivers a letter to the sinks that it was meant for; the stages do not see it. */
    public LetterOutcome toSinks(DeadLetter letter) {
        return deliver(letter, stream -> Redelivery.of(stream, letter));
    }

    /**
     * Sends a record that a stage rejected through the stages again, from that stage on, as they are now. Other letters go to
     * the sinks that they were meant for.
     */
    public LetterOutcome throughStages(DeadLetter letter) {
        return deliver(letter, stream -> Redelivery.isOfStage(stream, letter) && !stream.state().isFinal()
                ? new StageReplay(stream, tools).deliver(letter)
                : Redelivery.of(stream, letter));
    }

    private LetterOutcome deliver(DeadLetter letter, Function<Stream, LetterOutcome> delivery) {
        String name = letter.address().stream();
        return streams.find(name).or(() -> streams.shards(name).stream().findFirst()).map(delivery)
                .orElseGet(() -> LetterOutcome.remains("no stream " + name + " runs on this instance"));
    }
}
