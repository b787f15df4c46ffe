package io.freshet.amqp;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;

import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.spi.Connector;

import io.freshet.sink.channel.MessageSubscriber;
import io.freshet.source.channel.ChannelProblems;
import io.smallrye.reactive.messaging.ClientCustomizer;
import io.smallrye.reactive.messaging.amqp.AmqpConnectorCommonConfiguration;
import io.smallrye.reactive.messaging.amqp.AmqpConnectorIncomingConfiguration;
import io.smallrye.reactive.messaging.amqp.AmqpConnectorOutgoingConfiguration;
import io.smallrye.reactive.messaging.connector.InboundConnector;
import io.smallrye.reactive.messaging.connector.OutboundConnector;
import io.smallrye.reactive.messaging.providers.helpers.ConfigUtils;
import io.vertx.amqp.AmqpClientOptions;
import io.vertx.core.Vertx;

/** Connects channels with AMQP 1.0. Its settings are those of {@code smallrye-amqp} as far as the documentation lists them. */
@ApplicationScoped
@Connector(AmqpConnector.NAME)
public class AmqpConnector implements InboundConnector, OutboundConnector {

    public static final String NAME = "freshet-amqp";

    private final Vertx vertx;
    private final ChannelProblems problems;
    private final Instance<ClientCustomizer<AmqpClientOptions>> customizers;
    private final List<AmqpPublisher> publishers = new CopyOnWriteArrayList<>();

    public AmqpConnector(Vertx vertx, ChannelProblems problems,
            @Any Instance<ClientCustomizer<AmqpClientOptions>> customizers) {
        this.vertx = vertx;
        this.problems = problems;
        this.customizers = customizers;
    }

    @Override
    public Flow.Subscriber<? extends Message<?>> getSubscriber(Config channel) {
        AmqpConnectorOutgoingConfiguration settings = new AmqpConnectorOutgoingConfiguration(channel);
        AmqpPublisher publisher = new AmqpPublisher(broker(settings), settings);
        publishers.add(publisher);
        return new MessageSubscriber(publisher);
    }

    @Override
    public Flow.Publisher<? extends Message<?>> getPublisher(Config channel) {
        AmqpConnectorIncomingConfiguration settings = new AmqpConnectorIncomingConfiguration(channel);
        return new AmqpReader(broker(settings), settings, problems).messages();
    }

    private AmqpBroker broker(AmqpConnectorCommonConfiguration settings) {
        return new AmqpBroker(vertx, ConfigUtils.customize(settings.config(), customizers, AmqpBroker.options(settings)));
    }

    @PreDestroy
    void close() {
        publishers.forEach(AmqpPublisher::close);
    }
}
