package io.freshet.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;

import io.freshet.api.KafkaServer;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** What a transaction leaves out, with a real broker. */
@QuarkusTest
@WithTestResource(KafkaServer.class)
class LettersBeforeCommitQuarkusTest {

    @Inject
    KafkaProducers kafka;

    private final List<DeadLetter> kept = new ArrayList<>();
    private boolean full = true;

    @Test
    void thePositionIsCommittedWhenWhatWasRefusedBeforeItIsSafe() {
        KafkaTarget target = new KafkaTarget("letters-first", Optional.empty(), Optional.empty(), false, 0, false, false, true,
                Map.of("max.request.size", "2000"));
        try (TransactionalKafkaSink sink = (TransactionalKafkaSink) kafka.sink("letters-first.0", target, null)) {
            OutgoingBatch batch = Batches.of(0, "{\"n\":1}", "{\"much\":\"" + "x".repeat(5000) + "\"}", "{\"n\":3}");
            Consignment consignment = new Consignment(batch, each -> keep(each, sink));

            assertThat(sink.deliver(consignment).toCompletableFuture().join()).isInstanceOf(Delivery.TransientFailure.class);
            assertThat(sink.<Long> begun((position, note) -> position)).isZero();

            full = false;
            assertThat(sink.deliver(consignment).toCompletableFuture().join()).isInstanceOf(Delivery.Delivered.class);
            assertThat(sink.<Long> begun((position, note) -> position)).isEqualTo(3);
            assertThat(consignment.delivered()).isEqualTo(2);
            assertThat(kept).extracting(letter -> letter.address().position()).containsExactly(1L);
            assertThat(consignment.letters("kafka", sink, Instant.EPOCH)).as("what is kept is not kept again").isEmpty();
        }
    }

    private CompletionStage<Void> keep(Consignment consignment, Sink sink) {
        if (full) {
            return CompletableFuture.failedStage(new IllegalStateException("full"));
        }
        kept.addAll(consignment.letters("kafka", sink, Instant.EPOCH));
        return CompletableFuture.completedStage(null);
    }
}
