package io.freshet.stream;

import java.net.URI;
import java.util.List;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.freshet.sink.LiveFeed;
import io.freshet.sink.SlowConsumerStrategy;
import io.freshet.sink.Webhook;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;

/**
 * The alerts of all streams, looked at every second: kept, told to whoever follows, and to a webhook where one is configured.
 */
@ApplicationScoped
public class Alerts {

    /** No stream can be called so. */
    private static final String FEED = "*alerts*";
    private static final String MESSAGES = "freshet.alerts.webhook.messages";

    private final Streams streams;
    private final AlertConfig config;
    private final LiveFeed feed;
    private final StreamTime time = StreamTime.SYSTEM;
    private final ObjectMapper mapper;
    private final AlertLog log;
    private final @Nullable Webhook webhook;

    public Alerts(Streams streams, AlertConfig config, LiveFeed feed, ObjectMapper mapper, MeterRegistry registry) {
        this.streams = streams;
        this.config = config;
        this.feed = feed;
        this.mapper = mapper;
        this.log = new AlertLog(config.kept(), this::tell);
        this.webhook = config.webhook().url().map(url -> new Webhook(new Webhook.Settings(URI.create(url),
                config.webhook().headers(), config.webhook().attempts(), config.webhook().retryDelay(),
                config.webhook().queue())))
                .orElse(null);
        Webhook posted = webhook;
        if (posted != null) {
            FunctionCounter.builder(MESSAGES, posted, Webhook::sent).tag("outcome", "sent").register(registry);
            FunctionCounter.builder(MESSAGES, posted, Webhook::dropped).tag("outcome", "dropped").register(registry);
        }
        feed.begin(FEED);
    }

    @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void look() {
        log.look(streams.list().stream().map(stream -> StreamHealth.of(stream, config)).toList(), time.now());
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
    }

    /** What has happened to alerts, newest first. */
    public List<AlertEvent> last(int count) {
        return log.last(count);
    }

    /** What happens to alerts from now on, each as JSON. */
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
