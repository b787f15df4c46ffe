package io.freshet.stream;

import java.util.Map;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

import io.freshet.source.Source;
import io.freshet.stream.assembly.StreamParts;
import io.freshet.stream.definition.StreamDefinition;
import io.freshet.stream.delivery.StreamMetrics;
import io.freshet.stream.delivery.StreamTime;
import io.freshet.stream.engine.ResumePoint;
import io.freshet.stream.engine.Stream;

/** Shared code of tests of streams that read topics. */
final class TopicStreams {

    private TopicStreams() {
    }

    /** Starts a stream that is not registered in the service. */
    static Stream begin(StreamParts parts, StreamDefinition definition, ResumePoint from) {
        Source source = parts.source(definition, from);
        Stream stream = new Stream(definition, new Stream.Parts(source,
                parts.stages(definition, StreamTime.SYSTEM),
                parts.sinks(definition, source, from, StreamMetrics.NONE, StreamTime.SYSTEM), StreamMetrics.NONE, batch -> {
                }, StreamTime.SYSTEM), from.position(), from.state());
        stream.start();
        return stream;
    }

    /** Returns the committed offset of a group in the first partition; -1 for none. */
    static long committed(String servers, String group, String topic) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
            OffsetAndMetadata offset = admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get()
                    .get(new TopicPartition(topic, 0));
            return offset == null ? -1 : offset.offset();
        }
    }
}
