package io.freshet.stream;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import io.freshet.codec.EncodedRecords;
import io.freshet.codec.JsonEncoder;
import io.freshet.deadletter.LetterOutcome;
import io.freshet.sink.BatchDelivery;
import io.freshet.sink.DeadLetter;
import io.freshet.sink.Delivery;
import io.freshet.sink.FailureCode;
import io.freshet.stage.StageRecord;
import io.freshet.stream.delivery.SinkTask;
import io.freshet.stream.engine.StagedRecords;
import io.freshet.stream.engine.Stream;
import io.freshet.table.JsonContents;

/** Delivers dead letters again. */
final class Redelivery {

    private static final Logger LOG = Logger.getLogger(Redelivery.class);
    private static final JsonFactory JSON = new JsonFactory();
    private static final LetterOutcome ENDED = LetterOutcome.remains("the stream has ended");

    private Redelivery() {
    }

    /**
     * Delivers a dead letter to the sink it was meant for, bypassing the stages. A record that a stage rejected goes to all
     * sinks that no stage routes records to. Blocks.
     */
    static LetterOutcome of(Stream stream, DeadLetter letter) {
        if (stream.state().isFinal()) {
            return ENDED;
        }
        String from = letter.address().sink();
        if (!isOfStage(stream, letter)) {
            return stream.sinks().stream().filter(sink -> sink.name().equals(from) && isOfKind(sink, letter)).findFirst()
                    .map(sink -> resend(letter, sink))
                    .orElseGet(() -> LetterOutcome.remains("the stream has no sink " + from + " of this kind"));
        }
        List<SinkTask> open = stream.sinks().stream()
                .filter(sink -> !stream.definition().stages().routedTo().contains(sink.name())).toList();
        return open.isEmpty() ? LetterOutcome.remains("every sink of the stream receives only what a stage routes to it")
                : toAll(open, letter);
    }

    /** Delivers the records that stages made of a dead letter to the sinks that they are routed to. Blocks. */
    static LetterOutcome of(Stream stream, DeadLetter letter, List<StageRecord> records) {
        if (stream.state().isFinal()) {
            return ENDED;
        }
        StagedRecords all = new StagedRecords(records, stream.definition().stages().routedTo());
        for (StageRecord record : records) {
            List<SinkTask> sinks = stream.sinks().stream()
                    .filter(sink -> all.of(sink.name()).records().contains(record)).toList();
            LetterOutcome outcome = toAll(sinks, new DeadLetter(letter.address(), letter.cause(), new DeadLetter.Content(
                    letter.key(), json(record), letter.content().headers(), letter.content().timestamp())));
            if (!outcome.isSettled()) {
                return outcome;
            }
        }
        return LetterOutcome.DELIVERED;
    }

    /** Delivers a letter to sinks. It is JSON, which only some of them accept as it is. */
    private static LetterOutcome toAll(List<SinkTask> sinks, DeadLetter letter) {
        Optional<SinkTask> own = sinks.stream().filter(sink -> sink.sink().encoder() != null).findFirst();
        if (own.isPresent()) {
            return LetterOutcome
                    .remains("the sink " + own.get().name() + " has a format of its own, and a dead letter is JSON");
        }
        return sinks.stream().map(sink -> resend(letter, sink)).filter(outcome -> !outcome.isSettled()).findFirst()
                .orElse(LetterOutcome.DELIVERED);
    }

    /** Returns whether a stage rejected the record of a letter. */
    static boolean isOfStage(Stream stream, DeadLetter letter) {
        if (letter.address().kind().isEmpty()) {
            // a dead letter of an earlier version, which does not name the sink
            String from = letter.address().sink();
            return stream.sinks().stream().noneMatch(sink -> sink.name().equals(from)) && stream.stages().stream()
                    .flatMap(stages -> stages.statistics().stream()).anyMatch(stage -> stage.name().equals(from));
        }
        return letter.cause().code() == FailureCode.REJECTED_BY_STAGE;
    }

    private static boolean isOfKind(SinkTask sink, DeadLetter letter) {
        return letter.address().kind().isEmpty() || letter.address().kind().equals(sink.sink().kind());
    }

    /** Returns the JSON object in a letter; null if the letter holds anything else. */
    static @Nullable Map<String, @Nullable Object> object(DeadLetter letter) {
        try (JsonParser parser = JSON.createParser(letter.value())) {
            return parser.nextToken() == JsonToken.START_OBJECT ? JsonContents.object(parser) : null;
        } catch (IOException e) {
            return null;
        }
    }

    private static byte[] json(StageRecord record) {
        EncodedRecords encoded = EncodedRecords.create();
        new JsonEncoder().encode(new StagedRecords(List.of(record), Set.of()).batch(), null, encoded);
        return encoded.copy(0);
    }

    /** Delivers a dead letter without going through the queue of the sink. */
    private static LetterOutcome resend(DeadLetter letter, SinkTask sink) {
        try {
            BatchDelivery again = BatchDelivery.of(letter);
            Delivery delivery = sink.sink().deliver(again).toCompletableFuture().join();
            return delivery instanceof Delivery.Delivered && again.rejected() == 0 ? LetterOutcome.DELIVERED
                    : LetterOutcome.remains("the sink " + sink.name() + " does not accept it"
                            + (again.lastReason().isEmpty() ? "" : ": " + again.lastReason()));
        } catch (RuntimeException e) {
            LOG.warnf("Dead letter could not be redelivered: stream=%s sink=%s position=%d reason=%s",
                    letter.address().stream(),
                    sink.name(), letter.address().position(), e.getMessage());
            return LetterOutcome.remains("the sink " + sink.name() + " failed: " + e.getMessage());
        }
    }
}
