package io.freshet.stream;

import java.util.Map;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

import io.freshet.source.Source;

/** What tests of streams that read topics share. */
final class TopicStreams {

    private TopicStreams() {
    }

    /** Begins a stream that no service knows. */
    static Stream begin(StreamParts parts, StreamDefinition definition, StartingPoint from) {
        Source source = parts.source(definition, from);
        Stream stream = new Stream(definition, new Stream.Parts(source,
                parts.stages(definition, StreamTime.SYSTEM),
                parts.sinks(definition, source, from, StreamMetrics.NONE, StreamTime.SYSTEM), StreamMetrics.NONE, batch -> {
                }, StreamTime.SYSTEM), from.position(), from.state());
        stream.start();
        return stream;
    }

    /** What a group has committed of the first partition; -1 for nothing. */
    static long committed(String servers, String group, String topic) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
            OffsetAndMetadata offset = admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get()
                    .get(new TopicPartition(topic, 0));
            return offset == null ? -1 : offset.offset();
        }
    }
}
