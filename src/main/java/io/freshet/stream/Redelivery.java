package io.freshet.stream;

import java.util.List;

import org.jboss.logging.Logger;

import io.freshet.sink.Consignment;
import io.freshet.sink.DeadLetter;
import io.freshet.sink.Delivery;

/** Delivers dead letters after all. */
final class Redelivery {

    private static final Logger LOG = Logger.getLogger(Redelivery.class);

    private Redelivery() {
    }

    /**
     * Hands a dead letter to the sink it was meant for, one that a stage rejected to all sinks that nothing is routed to, past
     * the stages; whether it arrived. Blocks.
     */
    static boolean of(Stream stream, DeadLetter letter) {
        if (stream.state().isFinal()) {
            return false;
        }
        String from = letter.address().sink();
        boolean ofStage = stream.stages().stream().flatMap(stages -> stages.statistics().stream())
                .anyMatch(stage -> stage.name().equals(from));
        if (!ofStage || stream.sinks().stream().anyMatch(sink -> sink.name().equals(from))) {
            return stream.sinks().stream().anyMatch(sink -> sink.name().equals(from) && resend(letter, sink));
        }
        List<SinkRun> open = stream.sinks().stream()
                .filter(sink -> !stream.definition().stages().routedTo().contains(sink.name())).toList();
        // the bytes are JSON, which only some take as it is
        return !open.isEmpty() && open.stream().allMatch(sink -> sink.sink().encoder() == null && resend(letter, sink));
    }

    /** Past the queue. */
    private static boolean resend(DeadLetter letter, SinkRun sink) {
        try {
            Consignment again = Consignment.of(letter);
            return sink.sink().deliver(again).toCompletableFuture().join() instanceof Delivery.Delivered
                    && again.refused() == 0;
        } catch (RuntimeException e) {
            LOG.warnf("A dead letter was not delivered: stream=%s sink=%s position=%d reason=%s", letter.address().stream(),
                    sink.name(), letter.address().position(), e.getMessage());
            return false;
        }
    }
}
