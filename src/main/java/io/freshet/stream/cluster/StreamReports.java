package io.freshet.stream.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;

import io.freshet.kafka.KafkaConnection;
import io.freshet.kafka.LatestValues;
import io.freshet.stream.Streams;
import io.freshet.stream.delivery.StreamStatistics;
import io.freshet.stream.delivery.StreamTime;
import io.freshet.stream.engine.Stream;
import io.freshet.stream.health.AlertConfig;
import io.freshet.stream.health.StreamHealth;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** What instances that share a store tell each other about their streams, once a second, on a compacted topic of Kafka. */
@ApplicationScoped
public class StreamReports {

    private static final Logger LOG = Logger.getLogger(StreamReports.class);
    /** A report that is older says nothing about the present. */
    private static final Duration MAX_AGE = Duration.ofSeconds(15);

    /** A report about a stream, or a shard. */
    @RegisterForReflection
    public record Report(StreamStatistics statistics, StreamHealth health) {
    }

    private final ClusterConfig config;
    private final Streams streams;
    private final KafkaConnection kafka;
    private final AlertConfig alerts;
    private final ObjectWriter writer;
    private final ObjectReader reader;
    private final StreamTime time = StreamTime.SYSTEM;
    private volatile @Nullable LatestValues values;

    public StreamReports(ClusterConfig config, Streams streams, KafkaConnection kafka, AlertConfig alerts, ObjectMapper json) {
        this.config = config;
        this.streams = streams;
        this.kafka = kafka;
        this.alerts = alerts;
        this.writer = json.writerFor(Report.class);
        this.reader = json.readerFor(Report.class).without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    }

    /** Tells other instances about the streams of this one. Called once a second while the store is shared. */
    public void publish() {
        Map<String, byte[]> latest = new HashMap<>();
        for (Stream stream : streams.list()) {
            try {
                latest.put(stream.name(),
                        writer.writeValueAsBytes(new Report(stream.statistics(), StreamHealth.of(stream, alerts))));
            } catch (JsonProcessingException e) {
                throw new UncheckedIOException(e);
            }
        }
        opened().send(latest);
    }

    private synchronized LatestValues opened() {
        LatestValues known = values;
        if (known == null) {
            known = new LatestValues(kafka, config.statisticsTopic());
            known.start();
            values = known;
        }
        return known;
    }

    /** Returns what another instance has told about a stream lately. */
    public Optional<Report> find(String stream) {
        LatestValues known = values;
        long oldest = time.now().toEpochMilli() - MAX_AGE.toMillis();
        return known == null ? Optional.empty()
                : known.find(stream).filter(value -> value.time() >= oldest).flatMap(value -> parsed(stream, value.bytes()));
    }

    private Optional<Report> parsed(String stream, byte[] json) {
        try {
            return Optional.of(reader.readValue(json));
        } catch (IOException e) {
            LOG.debugf("Report of another instance cannot be read: stream=%s reason=%s", stream, e.getMessage());
            return Optional.empty();
        }
    }

    /** Stops telling and listening. */
    public void close() {
        LatestValues known = values;
        if (known != null) {
            known.close();
        }
    }
}
