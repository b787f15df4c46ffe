package io.freshet.stream;

import java.util.List;

import org.jboss.logging.Logger;

import io.freshet.sink.BatchDelivery;
import io.freshet.sink.DeadLetter;
import io.freshet.sink.Delivery;
import io.freshet.sink.FailureCode;
import io.freshet.stream.delivery.SinkTask;
import io.freshet.stream.engine.Stream;

/** Delivers dead letters again. */
final class Redelivery {

    private static final Logger LOG = Logger.getLogger(Redelivery.class);

    private Redelivery() {
    }

    /**
     * Delivers a dead letter to the sink it was meant for, bypassing the stages. A record that a stage rejected goes to all
     * sinks that no stage routes records to. Blocks.
     *
     * @return whether it was delivered
     */
    static boolean of(Stream stream, DeadLetter letter) {
        if (stream.state().isFinal()) {
            return false;
        }
        String from = letter.address().sink();
        if (!isOfStage(stream, letter)) {
            return stream.sinks().stream()
                    .anyMatch(sink -> sink.name().equals(from) && isOfKind(sink, letter) && resend(letter, sink));
        }
        List<SinkTask> open = stream.sinks().stream()
                .filter(sink -> !stream.definition().stages().routedTo().contains(sink.name())).toList();
        // a dead letter is JSON, which only some sinks accept as it is
        return !open.isEmpty() && open.stream().allMatch(sink -> sink.sink().encoder() == null && resend(letter, sink));
    }

    private static boolean isOfStage(Stream stream, DeadLetter letter) {
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

    /** Delivers a dead letter without going through the queue of the sink. */
    private static boolean resend(DeadLetter letter, SinkTask sink) {
        try {
            BatchDelivery again = BatchDelivery.of(letter);
            return sink.sink().deliver(again).toCompletableFuture().join() instanceof Delivery.Delivered
                    && again.rejected() == 0;
        } catch (RuntimeException e) {
            LOG.warnf("Dead letter could not be redelivered: stream=%s sink=%s position=%d reason=%s",
                    letter.address().stream(),
                    sink.name(), letter.address().position(), e.getMessage());
            return false;
        }
    }
}
