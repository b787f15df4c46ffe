package io.freshet.mqtt;

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
import io.smallrye.reactive.messaging.connector.InboundConnector;
import io.smallrye.reactive.messaging.connector.OutboundConnector;
import io.smallrye.reactive.messaging.mqtt.MqttConnectorCommonConfiguration;
import io.smallrye.reactive.messaging.mqtt.MqttConnectorIncomingConfiguration;
import io.smallrye.reactive.messaging.mqtt.MqttConnectorOutgoingConfiguration;
import io.smallrye.reactive.messaging.mqtt.internal.MqttHelpers;
import io.smallrye.reactive.messaging.mqtt.session.MqttClientSessionOptions;
import io.smallrye.reactive.messaging.providers.helpers.ConfigUtils;
import io.vertx.core.Vertx;

/** Connects channels with MQTT 3.1.1. Its settings are those of {@code smallrye-mqtt}. */
@ApplicationScoped
@Connector(MqttConnector.NAME)
public class MqttConnector implements InboundConnector, OutboundConnector {

    public static final String NAME = "freshet-mqtt";

    private final Vertx vertx;
    private final ChannelProblems problems;
    private final Instance<MqttClientSessionOptions> options;
    private final Instance<ClientCustomizer<MqttClientSessionOptions>> customizers;
    private final List<MqttPublisher> publishers = new CopyOnWriteArrayList<>();

    public MqttConnector(Vertx vertx, ChannelProblems problems, @Any Instance<MqttClientSessionOptions> options,
            @Any Instance<ClientCustomizer<MqttClientSessionOptions>> customizers) {
        this.vertx = vertx;
        this.problems = problems;
        this.options = options;
        this.customizers = customizers;
    }

    @Override
    public Flow.Subscriber<? extends Message<?>> getSubscriber(Config channel) {
        MqttConnectorOutgoingConfiguration settings = new MqttConnectorOutgoingConfiguration(channel);
        MqttPublisher publisher = new MqttPublisher(vertx, settings, options(settings));
        publishers.add(publisher);
        return new MessageSubscriber(publisher);
    }

    @Override
    public Flow.Publisher<? extends Message<?>> getPublisher(Config channel) {
        MqttConnectorIncomingConfiguration settings = new MqttConnectorIncomingConfiguration(channel);
        return new MqttReader(vertx, settings, options(settings), problems).messages();
    }

    private MqttClientSessionOptions options(MqttConnectorCommonConfiguration settings) {
        return ConfigUtils.customize(settings.config(), customizers, MqttHelpers.createClientOptions(settings, options));
    }

    @PreDestroy
    void close() {
        publishers.forEach(MqttPublisher::close);
    }
}
