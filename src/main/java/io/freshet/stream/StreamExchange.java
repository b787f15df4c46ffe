package io.freshet.stream;

import io.freshet.source.PushBuffer;
import io.freshet.stream.assembly.StreamParts;
import io.freshet.stream.definition.DefinitionException;
import io.freshet.stream.definition.StreamDefinition;
import io.freshet.stream.delivery.SinkTask;
import io.freshet.stream.delivery.StreamTime;
import io.freshet.stream.engine.ResumePoint;
import io.freshet.stream.engine.Stream;
import io.freshet.stream.engine.StreamState;

/** Continues a stream under another definition, at its position. The caller holds the lock of the stream. */
final class StreamExchange {

    private final StreamParts parts;
    private final StreamBuilder builder;
    private final PositionSaver positions;
    private final RunningStreams running;
    private final StreamOwnership restorer;
    private final StreamTime time;

    StreamExchange(StreamParts parts, StreamBuilder builder, PositionSaver positions, RunningStreams running,
            StreamOwnership restorer, StreamTime time) {
        this.parts = parts;
        this.builder = builder;
        this.positions = positions;
        this.running = running;
        this.restorer = restorer;
        this.time = time;
    }

    /**
     * @param before the stream to continue; it ends
     * @param state the state in which it continues
     * @throws DefinitionException if the new definition names something that does not exist; the stream then continues under
     *         the old one
     */
    Stream exchange(Stream before, StreamDefinition wanted, StreamState state) {
        parts.check(wanted, resuming(before, state), time);
        long epoch = positions.epoch(before);
        boolean owned = positions.owns(before);
        before.pushes().ifPresent(PushBuffer::carry);
        running.drain(before, RunningStreams.DRAIN);
        positions.save(before);
        if (!before.definition().json().path("sinks").equals(wanted.json().path("sinks"))) {
            before.sinks().forEach(SinkTask::forget);
        }
        running.leave(before);
        try {
            Stream stream = builder.stream(wanted, resuming(before, state), before);
            if (owned) {
                positions.own(stream, epoch);
            }
            running.run(stream);
            positions.save(stream);
            return stream;
        } catch (RuntimeException e) {
            before.pushes().ifPresent(pushes -> pushes.abandon(time.nanos()));
            restorer.resume(wanted.name());
            throw e;
        }
    }

    private static ResumePoint resuming(Stream before, StreamState state) {
        return new ResumePoint(before.position(), state, true, before.bookmark(before.position()), before.runId(), false,
                null);
    }
}
