package io.freshet.stream;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongFunction;
import java.util.stream.IntStream;

import io.freshet.sink.Consignment;
import io.freshet.sink.Delivery;
import io.freshet.sink.OutgoingBatch;
import io.freshet.sink.Sink;

/** Keeps what is delivered, and fails or is slow as it is told. */
final class RecordingSink implements Sink {

    /** What arrived: one record, when, in which call. */
    record Arrival(String json, double second, int delivery) {
    }

    private final VirtualTime time;
    final List<Arrival> arrivals = new ArrayList<>();
    final List<Long> attempts = new ArrayList<>();
    LongFunction<Delivery> outcomes = position -> Delivery.delivered();
    LongFunction<Duration> delays = position -> Duration.ZERO;
    /** How many records of a batch it has taken when it fails. */
    int partly;
    /** How many records of each batch it refuses for good. */
    int refusedOfEach;
    int open;
    int mostOpen;
    boolean closed;
    private int deliveries;

    RecordingSink(VirtualTime time) {
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
    public CompletionStage<Delivery> deliver(Consignment consignment) {
        OutgoingBatch batch = consignment.batch();
        attempts.add(batch.position());
        open++;
        mostOpen = Math.max(mostOpen, open);
        CompletableFuture<Delivery> answer = new CompletableFuture<>();
        Duration delay = delays.apply(batch.position());
        if (delay.isZero()) {
            answer(consignment, answer);
        } else {
            time.after(delay, () -> answer(consignment, answer));
        }
        return answer;
    }

    private void answer(Consignment consignment, CompletableFuture<Delivery> answer) {
        OutgoingBatch batch = consignment.batch();
        Delivery outcome = outcomes.apply(batch.position());
        if (outcome instanceof Delivery.Delivered) {
            IntStream.range(0, refusedOfEach).forEach(record -> consignment.refuse(record, "a bad record"));
            for (int record : consignment.open()) {
                arrivals.add(new Arrival(batch.records().text(record), time.seconds(), deliveries));
            }
            deliveries++;
        } else {
            IntStream.range(0, Math.min(partly, batch.size())).forEach(consignment::deliver);
        }
        open--;
        answer.complete(outcome);
    }

    @Override
    public void close() {
        closed = true;
    }
}
