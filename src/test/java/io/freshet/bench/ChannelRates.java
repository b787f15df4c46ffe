package io.freshet.bench;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.reactive.messaging.Message;

import io.freshet.amqp.AmqpConnector;
import io.freshet.mqtt.MqttConnector;
import io.freshet.rabbitmq.LocalRabbit;
import io.freshet.rabbitmq.RabbitMqConnector;
import io.freshet.source.channel.ChannelProblems;
import io.freshet.source.channel.IncomingMessage;
import io.freshet.stream.ArtemisResource.Artemis;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.BackPressureStrategy;
import io.smallrye.mutiny.subscription.MultiEmitter;
import io.smallrye.reactive.messaging.connector.InboundConnector;
import io.smallrye.reactive.messaging.connector.OutboundConnector;
import io.vertx.core.Vertx;

/**
 * Sends numbered messages of 200 bytes through the connectors of MQTT (QoS 1), AMQP 1.0 and RabbitMQ to real brokers and reads
 * them again, both at the same time. Counts what was acknowledged and what arrived, and reports the rates.
 */
public final class ChannelRates {

    private static final int MESSAGES = 1_000_000;
    private static final int WINDOW = 1024;
    private static final int BYTES = 200;
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private ChannelRates() {
    }

    /** @param args the number of messages for each broker, and names of brokers if not all are wanted */
    public static void main(String[] args) throws Exception {
        int messages = args.length > 0 ? Integer.parseInt(args[0]) : MESSAGES;
        List<String> wanted = args.length > 1 ? List.of(args).subList(1, args.length) : List.of("mqtt", "amqp", "rabbitmq");
        Vertx vertx = Vertx.vertx();
        Artemis artemis = new Artemis(null);
        if (wanted.contains("mqtt")) {
            MqttConnector mqtt = new MqttConnector(vertx, new ChannelProblems(), NoInstances.create(), NoInstances.create());
            Map<String, String> settings = Map.of("port", Integer.toString(artemis.mqttPort()), "qos", "1", "topic", "bench",
                    "max-inflight-queue", "60000", "max-message-size", "1000000");
            run("MQTT, QoS 1", mqtt, mqtt, settings, messages, () -> artemis.hasSubscription("bench"));
        }
        if (wanted.contains("amqp")) {
            AmqpConnector amqp = new AmqpConnector(vertx, new ChannelProblems(), NoInstances.create());
            run("AMQP 1.0", amqp, amqp,
                    Map.of("port", Integer.toString(artemis.amqpPort()), "address", "queue", "reconnect-interval", "1"),
                    messages, () -> artemis.hasSubscription("queue"));
        }
        artemis.stop();
        if (wanted.contains("rabbitmq") && !LocalRabbit.isInstalled()) {
            System.out.println("RabbitMQ is not installed (apt-get install rabbitmq-server)");
        } else if (wanted.contains("rabbitmq")) {
            try (LocalRabbit rabbit = LocalRabbit.start()) {
                RabbitMqConnector connector = new RabbitMqConnector(new ChannelProblems());
                run("RabbitMQ", connector, connector, Map.of("port", Integer.toString(rabbit.port()), "exchange.name", "bench",
                        "queue.name", "bench", "default-routing-key", "bench"), messages, () -> rabbit.hasConsumer("bench"));
            }
        }
        System.exit(0);
    }

    private static Config channel(String name, Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(settings);
        all.put("channel-name", name);
        all.put("host", "127.0.0.1");
        return new SmallRyeConfigBuilder().withSources(new PropertiesConfigSource(all, "bench", 100)).build();
    }

    private static void run(String broker, OutboundConnector out, InboundConnector in, Map<String, String> settings,
            int messages, Callable<Boolean> subscribed) throws Exception {
        Receipts receipts = new Receipts(messages);
        Multi.createFrom().publisher(in.getPublisher(channel("in", settings))).subscribe()
                .with(message -> receipts.received(message));
        Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).until(subscribed);
        long startedAt = System.nanoTime();
        long failed = send(out.getSubscriber(channel("out", settings)), messages);
        double sending = (System.nanoTime() - startedAt) / 1e9;
        receipts.complete.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        double receiving = (System.nanoTime() - startedAt) / 1e9;
        System.out.printf(Locale.ROOT,
                "%s: %d sent and acknowledged in %.1f s (%.0f/s), %d sent again; %d arrived until %.1f s (%.0f/s), %d twice%n",
                broker, messages, sending, messages / sending, failed, receipts.different(), receiving,
                messages / receiving, receipts.total - receipts.different());
    }

    /** Sends until all messages are acknowledged. @return how many were rejected and sent again */
    @SuppressWarnings("unchecked")
    private static long send(Flow.Subscriber<? extends Message<?>> to, int messages) throws InterruptedException {
        List<MultiEmitter<? super Message<?>>> emitters = new ArrayList<>();
        Multi.createFrom().<Message<?>> emitter(emitters::add, BackPressureStrategy.BUFFER).subscribe()
                .withSubscriber((Flow.Subscriber<Message<?>>) (Flow.Subscriber<?>) to);
        Semaphore window = new Semaphore(WINDOW);
        AtomicLong again = new AtomicLong();
        for (int i = 0; i < messages; i++) {
            window.acquire();
            emit(emitters.get(0), i, window, again);
        }
        window.acquire(WINDOW);
        return again.get();
    }

    private static void emit(MultiEmitter<? super Message<?>> to, int number, Semaphore window, AtomicLong again) {
        byte[] text = "%-200d".formatted(number).substring(0, BYTES).getBytes(StandardCharsets.US_ASCII);
        to.emit(Message.of(text).withAck(() -> {
            window.release();
            return CompletableFuture.completedStage(null);
        }).withNack(thrown -> {
            again.incrementAndGet();
            emit(to, number, window, again);
            return CompletableFuture.completedStage(null);
        }));
    }

    /** Which messages have arrived. */
    private static final class Receipts {

        private final int expected;
        private final BitSet numbers = new BitSet();
        private final CountDownLatch complete = new CountDownLatch(1);
        private long total;
        private int different;

        Receipts(int expected) {
            this.expected = expected;
        }

        synchronized void received(Message<?> message) {
            int number = Integer.parseInt(new String(IncomingMessage.bytes(message), StandardCharsets.US_ASCII).trim());
            different += numbers.get(number) ? 0 : 1;
            numbers.set(number);
            total++;
            if (different == expected) {
                complete.countDown();
            }
            message.ack();
        }

        synchronized int different() {
            return different;
        }
    }
}
