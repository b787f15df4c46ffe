package io.freshet.stream.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.freshet.deadletter.KeptLetters;
import io.freshet.retry.Backoff;
import io.freshet.sink.Delivery;
import io.freshet.sink.OverflowStrategy;
import io.freshet.sink.QueueSettings;
import io.freshet.source.Source;
import io.freshet.source.pattern.PatternSource;
import io.freshet.stream.Definitions;
import io.freshet.stream.RecordingSink;
import io.freshet.stream.definition.StreamDefinition;
import io.freshet.stream.delivery.SinkTask;
import io.freshet.stream.delivery.StreamMetrics;

/** A stream of the test pattern in virtual time, with a sink that keeps what arrives. */
abstract class StreamFixture {

    private static final ObjectMapper JSON = new ObjectMapper();
    static final Delivery DOWN = new Delivery.TransientFailure("the broker is down");

    final VirtualTime time = new VirtualTime();
    final RecordingSink sink = new RecordingSink(time);
    final List<StreamState> seen = new ArrayList<>();

    Stream stream(String pace) {
        return stream(pace, 0, StreamState.RUNNING);
    }

    Stream stream(String pace, long position, StreamState state) {
        return stream(pace, position, state, pattern(), sink);
    }

    Stream stream(String pace, long position, StreamState state, Source source, RecordingSink... sinks) {
        String json = """
                {name: test, source: {pattern: {}}, pace: %s, sinks: [{websocket: {}}]}""".formatted(pace);
        StreamDefinition definition = StreamDefinition.parse(Definitions.yaml(json));
        Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(10));
        SinkTask.SinkContext sinkContext = new SinkTask.SinkContext(backoff, new KeptLetters(), StreamMetrics.NONE, time,
                Runnable::run);
        List<SinkTask> runs = java.util.Arrays.stream(sinks)
                .map(to -> new SinkTask("test", to.kind(), to,
                        new QueueSettings(10_000, OverflowStrategy.BLOCK, 0.1, Optional.empty()), sinkContext))
                .toList();
        return new Stream(definition, new Stream.Parts(source, runs, StreamMetrics.NONE, batch -> {
        }, time), position, state);
    }

    static Source pattern() {
        return new PatternSource(1, Stream.MAX_BATCH_RECORDS);
    }

    List<Long> sequences() {
        return field("sequence").stream().map(Long::valueOf).toList();
    }

    List<String> field(String name) {
        return sink.arrivals.stream().map(arrival -> {
            try {
                JsonNode record = JSON.readTree(arrival.json());
                return record.get(name).asText();
            } catch (JsonProcessingException e) {
                throw new IllegalStateException(e);
            }
        }).toList();
    }
}
