package io.freshet.stream;

import java.time.Duration;
import java.util.function.Supplier;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.inject.spi.BeanManager;

import org.jboss.logging.Logger;

import io.freshet.sink.EncodedBatch;
import io.freshet.stream.delivery.StreamMetrics;

/** Fires CDI events about streams if there are observers: {@link EventGenerated}, {@link BatchSent}, {@link DeliveryFailed}. */
@ApplicationScoped
public class StreamHooks {

    private static final Logger LOG = Logger.getLogger(StreamHooks.class);

    private final Event<EventGenerated> generated;
    private final Event<BatchSent> sent;
    private final Event<DeliveryFailed> failed;
    private final boolean generatedObserved;
    private final boolean sentObserved;
    private final boolean failedObserved;

    public StreamHooks(Event<EventGenerated> generated, Event<BatchSent> sent, Event<DeliveryFailed> failed,
            BeanManager beans) {
        this.generated = generated;
        this.sent = sent;
        this.failed = failed;
        generatedObserved = !beans.resolveObserverMethods(new EventGenerated("", 0, "")).isEmpty();
        sentObserved = !beans.resolveObserverMethods(new BatchSent("", "", 0, Duration.ZERO)).isEmpty();
        failedObserved = !beans.resolveObserverMethods(new DeliveryFailed("", "", 0, "")).isEmpty();
    }

    void generated(EncodedBatch batch) {
        if (!generatedObserved) {
            return;
        }
        for (int i = 0; i < batch.size(); i++) {
            if (batch.headers().isTombstone(i)) {
                continue;
            }
            String json = batch.records().text(i);
            long position = batch.position(i);
            tell(generated, () -> new EventGenerated(batch.stream(), position, json));
        }
    }

    /** Returns a decorator of the metrics that also fires events. */
    StreamMetrics around(String stream, StreamMetrics metrics) {
        if (!sentObserved && !failedObserved) {
            return metrics;
        }
        return new StreamMetrics() {
            @Override
            public void generated(int records) {
                metrics.generated(records);
            }

            @Override
            public void delivered(String sink, int records, long nanos) {
                metrics.delivered(sink, records, nanos);
                tell(sent, () -> new BatchSent(stream, sink, records, Duration.ofNanos(nanos)));
            }

            @Override
            public void refused(String sink, int records, double share, String reason) {
                metrics.refused(sink, records, share, reason);
                tell(failed, () -> new DeliveryFailed(stream, sink, records, reason));
            }

            @Override
            public void retried(String sink, int records) {
                metrics.retried(sink, records);
            }

            @Override
            public void deadLettered(String sink, int records) {
                metrics.deadLettered(sink, records);
            }

            @Override
            public void dropped(String sink, int records) {
                metrics.dropped(sink, records);
            }

            @Override
            public void failed(String sink, int records) {
                metrics.failed(sink, records);
                tell(failed, () -> new DeliveryFailed(stream, sink, records, "abandoned, because the stream was stopped"));
            }
        };
    }

    /** Fires an event. An observer that fails must not harm the stream. */
    private static <T> void tell(Event<T> observers, Supplier<T> what) {
        try {
            observers.fire(what.get());
        } catch (RuntimeException e) {
            LOG.warnf("Observer of stream events failed: reason=%s", e);
        }
    }
}
