package io.freshet.kafka.channel;

import java.util.List;
import java.util.concurrent.Flow;

import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;

import io.freshet.kafka.KafkaConnection;
import io.freshet.sink.BatchDelivery;
import io.smallrye.reactive.messaging.EmitterConfiguration;
import io.smallrye.reactive.messaging.annotations.EmitterFactoryFor;
import io.smallrye.reactive.messaging.providers.extension.EmitterImpl;

/** Connects the channel of records with its connector as SmallRye does, without a container. */
public final class ConnectedChannels {

    private static final long BUFFER = 256;

    private ConnectedChannels() {
    }

    @SuppressWarnings("unchecked")
    public static RecordsChannel records(KafkaConnection connection) {
        EmitterImpl<List<BatchDelivery>> emitter = new EmitterImpl<>(new Plain("records"), BUFFER);
        Flow.Subscriber<Message<?>> receiver = (Flow.Subscriber<Message<?>>) new KafkaConnector(connection)
                .getSubscriber(null);
        emitter.getPublisher().subscribe((Flow.Subscriber<Object>) (Flow.Subscriber<?>) receiver);
        return new RecordsChannel(emitter);
    }

    private record Plain(String name) implements EmitterConfiguration {

        @Override
        public EmitterFactoryFor emitterType() {
            return null;
        }

        @Override
        public OnOverflow.Strategy overflowBufferStrategy() {
            return null;
        }

        @Override
        public long overflowBufferSize() {
            return -1;
        }

        @Override
        public boolean broadcast() {
            return false;
        }

        @Override
        public int numberOfSubscriberBeforeConnecting() {
            return -1;
        }
    }
}
