package io.freshet.stream.alert;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.freshet.sink.channel.MessageChannel;
import io.freshet.sink.channel.OutgoingChannels;
import io.freshet.sink.live.Broadcaster;
import io.freshet.sink.live.SlowConsumerStrategy;
import io.freshet.stream.Streams;
import io.freshet.stream.delivery.StreamTime;
import io.freshet.stream.health.AlertConfig;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;

/**
 * Checks the alerts of all streams every second. Retains the events, publishes them to subscribers, posts them to a webhook if
 * one is configured, and sends them to the channel {@code alerts} if it is configured.
 */
@ApplicationScoped
public class Alerts {

    private static final Logger LOG = Logger.getLogger(Alerts.class);
    private static final String CHANNEL = "alerts";
    /** No stream can have this name, because of the asterisks. */
    private static final String FEED = "*alerts*";
    private static final String MESSAGES = "freshet.alerts.webhook.messages";

    private static final String MESSAGES_HELP = "Alert events posted to the webhook, or dropped because its queue was full";

    private final Streams streams;
    private final AlertConfig config;
    private final Broadcaster feed;
    private final StreamTime time = StreamTime.SYSTEM;
    private final ObjectMapper mapper;
    private final AlertLog log;
    private final @Nullable Webhook webhook;
    private final OutgoingChannels channels;

    public Alerts(Streams streams, AlertConfig config, Broadcaster feed, OutgoingChannels channels, ObjectMapper mapper,
            MeterRegistry registry) {
        this.streams = streams;
        this.config = config;
        this.feed = feed;
        this.channels = channels;
        this.mapper = mapper;
        this.log = new AlertLog(config.kept(), this::tell);
        this.webhook = config.webhook().url().map(url -> new Webhook(new Webhook.Settings(URI.create(url),
                config.webhook().headers(), config.webhook().attempts(), config.webhook().retryDelay(),
                config.webhook().queue())))
                .orElse(null);
        Webhook posted = webhook;
        if (posted != null) {
            FunctionCounter.builder(MESSAGES, posted, Webhook::sent).description(MESSAGES_HELP).tag("outcome", "sent")
                    .register(registry);
            FunctionCounter.builder(MESSAGES, posted, Webhook::dropped).description(MESSAGES_HELP).tag("outcome", "dropped")
                    .register(registry);
        }
        feed.begin(FEED);
    }

    @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void look() {
        log.look(streams.health(config), time.now());
    }

    private void tell(AlertEvent event) {
        String json;
        try {
            json = mapper.writeValueAsString(event);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
        feed.publish(FEED, json);
        if (webhook != null) {
            webhook.post(json);
        }
        channels.open(CHANNEL).ifPresent(channel -> send(channel, event, json));
    }

    private static void send(MessageChannel channel, AlertEvent event, String json) {
        String id = event.time().toEpochMilli() + "-" + event.sequence();
        channel.send(json.getBytes(StandardCharsets.UTF_8), id, "application/json", Map.of("stream", event.stream()))
                .whenComplete((sent, thrown) -> {
                    if (thrown != null) {
                        LOG.warnf("An alert was not sent: channel=%s sequence=%d reason=%s", CHANNEL, event.sequence(),
                                thrown.getMessage());
                    }
                });
    }

    /** Returns the alert events, newest first. */
    public List<AlertEvent> last(int count) {
        return log.last(count);
    }

    /** Returns the alert events from now on, each as JSON. */
    public Multi<String> follow() {
        return feed.subscribe(FEED, SlowConsumerStrategy.DROP_OLDEST);
    }

    @PreDestroy
    void close() {
        if (webhook != null) {
            webhook.close();
        }
        feed.end(FEED);
    }
}
