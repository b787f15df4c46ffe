package io.freshet.kafka.sink;

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
import io.freshet.sink.BatchDelivery;
import io.freshet.sink.Batches;
import io.freshet.sink.DeadLetter;
import io.freshet.sink.Delivery;
import io.freshet.sink.EncodedBatch;
import io.freshet.sink.Sink;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** What a transaction excludes, with a real broker. */
@QuarkusTest
@WithTestResource(KafkaServer.class)
class LettersBeforeCommitQuarkusTest {

    @Inject
    KafkaProducers kafka;

    private final List<DeadLetter> kept = new ArrayList<>();
    private boolean full = true;

    @Test
    void thePositionIsCommittedWhenWhatWasRefusedBeforeItIsSafe() {
        KafkaTarget target = new KafkaTarget("letters-first", Optional.empty(), Optional.empty(), false, 0, Optional.empty(),
                false, true,
                Optional.empty(), Map.of("max.request.size", "2000"));
        try (TransactionalKafkaSink sink = (TransactionalKafkaSink) kafka.sink("letters-first.0", "", target, null)) {
            EncodedBatch batch = Batches.of(0, "{\"n\":1}", "{\"much\":\"" + "x".repeat(5000) + "\"}", "{\"n\":3}");
            BatchDelivery batchDelivery = new BatchDelivery(batch, each -> keep(each, sink));

            assertThat(sink.deliver(batchDelivery).toCompletableFuture().join()).isInstanceOf(Delivery.TransientFailure.class);
            assertThat(sink.begun().position()).isZero();

            full = false;
            assertThat(sink.deliver(batchDelivery).toCompletableFuture().join()).isInstanceOf(Delivery.Delivered.class);
            assertThat(sink.begun().position()).isEqualTo(3);
            assertThat(batchDelivery.delivered()).isEqualTo(2);
            assertThat(kept).extracting(letter -> letter.address().position()).containsExactly(1L);
            assertThat(batchDelivery.letters("kafka", sink, Instant.EPOCH)).as("what is kept is not kept again").isEmpty();
        }
    }

    private CompletionStage<Void> keep(BatchDelivery batchDelivery, Sink sink) {
        if (full) {
            return CompletableFuture.failedStage(new IllegalStateException("full"));
        }
        kept.addAll(batchDelivery.letters("kafka", sink, Instant.EPOCH));
        return CompletableFuture.completedStage(null);
    }
}
