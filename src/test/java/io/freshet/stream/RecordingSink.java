package io.freshet.stream;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongFunction;
import java.util.stream.IntStream;

import io.freshet.sink.BatchDelivery;
import io.freshet.sink.Delivery;
import io.freshet.sink.EncodedBatch;
import io.freshet.sink.Sink;
import io.freshet.stream.engine.VirtualTime;

/** Records deliveries; fails or delays them as a test demands. */
public final class RecordingSink implements Sink {

    /** The arrival of one record: its contents, time and delivery. */
    public record Arrival(String json, double second, int delivery) {
    }

    private final VirtualTime time;
    public final List<Arrival> arrivals = new ArrayList<>();
    public final List<Long> attempts = new ArrayList<>();
    public LongFunction<Delivery> outcomes = position -> Delivery.delivered();
    public LongFunction<Duration> delays = position -> Duration.ZERO;
    /** How many records of a batch are accepted before it fails. */
    public int partly;
    /** How many records of each batch are permanently rejected. */
    public int refusedOfEach;
    int open;
    public int mostOpen;
    public boolean closed;
    private int deliveries;

    public RecordingSink(VirtualTime time) {
        this.time = time;
    }

    @Override
    public String kind() {
        return "recording";
    }

    @Override
    public String target() {
        return "nowhere";
    }

    @Override
    public CompletionStage<Delivery> deliver(BatchDelivery batchDelivery) {
        EncodedBatch batch = batchDelivery.batch();
        attempts.add(batch.position());
        open++;
        mostOpen = Math.max(mostOpen, open);
        CompletableFuture<Delivery> answer = new CompletableFuture<>();
        Duration delay = delays.apply(batch.position());
        if (delay.isZero()) {
            answer(batchDelivery, answer);
        } else {
            time.after(delay, () -> answer(batchDelivery, answer));
        }
        return answer;
    }

    private void answer(BatchDelivery batchDelivery, CompletableFuture<Delivery> answer) {
        EncodedBatch batch = batchDelivery.batch();
        Delivery outcome = outcomes.apply(batch.position());
        if (outcome instanceof Delivery.Delivered) {
            IntStream.range(0, refusedOfEach).forEach(record -> batchDelivery.reject(record, "a bad record"));
            for (int record : batchDelivery.open()) {
                arrivals.add(new Arrival(batch.records().text(record), time.seconds(), deliveries));
            }
            deliveries++;
        } else {
            IntStream.range(0, Math.min(partly, batch.size())).forEach(batchDelivery::markDelivered);
        }
        open--;
        answer.complete(outcome);
    }

    @Override
    public void close() {
        closed = true;
    }
}
