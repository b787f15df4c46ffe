package io.freshet.rabbitmq;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.spi.Connector;

import io.freshet.sink.channel.MessageSubscriber;
import io.freshet.source.channel.ChannelProblems;
import io.smallrye.reactive.messaging.connector.InboundConnector;
import io.smallrye.reactive.messaging.connector.OutboundConnector;
import io.smallrye.reactive.messaging.rabbitmq.RabbitMQConnectorIncomingConfiguration;
import io.smallrye.reactive.messaging.rabbitmq.RabbitMQConnectorOutgoingConfiguration;

/**
 * Connects channels with RabbitMQ. Its settings are those of {@code smallrye-rabbitmq} as far as the documentation lists them.
 */
@ApplicationScoped
@Connector(RabbitMqConnector.NAME)
public class RabbitMqConnector implements InboundConnector, OutboundConnector {

    public static final String NAME = "freshet-rabbitmq";

    private final ChannelProblems problems;
    private final List<ConfirmedPublisher> publishers = new CopyOnWriteArrayList<>();

    public RabbitMqConnector(ChannelProblems problems) {
        this.problems = problems;
    }

    @Override
    public Flow.Subscriber<? extends Message<?>> getSubscriber(Config channel) {
        ConfirmedPublisher publisher = new ConfirmedPublisher(new RabbitMQConnectorOutgoingConfiguration(channel));
        publishers.add(publisher);
        return new MessageSubscriber(publisher);
    }

    @Override
    public Flow.Publisher<? extends Message<?>> getPublisher(Config channel) {
        return new QueueReader(new RabbitMQConnectorIncomingConfiguration(channel), problems).messages();
    }

    @PreDestroy
    void close() {
        publishers.forEach(ConfirmedPublisher::close);
    }
}
