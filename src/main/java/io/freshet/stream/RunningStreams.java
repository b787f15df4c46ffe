package io.freshet.stream;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.jboss.logging.Logger;

import io.freshet.store.StageStates;
import io.freshet.stream.delivery.StreamTime;
import io.freshet.stream.engine.Stream;

/** Starts the streams of this process, and ends them here: on transfers to other instances, and at shutdown. */
final class RunningStreams {

    private static final Logger LOG = Logger.getLogger(RunningStreams.class);
    /** How long sinks may take to drain when streams are stopped; less than the grace period of the process. */
    static final Duration DRAIN = Duration.ofSeconds(10);

    private final StreamRegistry registry;
    private final PositionSaver positions;
    private final StageStates states;
    private final StreamMeters meters;
    private final NamedLocks locks;
    private final StreamTime time;
    private final CountDownLatch drained = new CountDownLatch(1);

    RunningStreams(StreamRegistry registry, PositionSaver positions, StageStates states, StreamMeters meters, NamedLocks locks,
            StreamTime time) {
        this.registry = registry;
        this.positions = positions;
        this.states = states;
        this.meters = meters;
        this.locks = locks;
        this.time = time;
    }

    void run(Stream stream) {
        registry.add(stream);
        meters.watch(stream);
        stream.start();
        LOG.infof("Stream started: stream=%s state=%s position=%d", stream.name(), stream.state().id(), stream.position());
    }

    /** Ends a stream that is to resume elsewhere or later. Records in flight are delivered first. */
    void drain(Stream stream, Duration patience) {
        stream.release();
        if (!stream.awaitEnd(patience)) {
            LOG.warnf("Stream released while a sink still holds records: stream=%s position=%d", stream.name(),
                    stream.position());
        }
    }

    void leave(Stream stream) {
        positions.release(stream);
        stream.releaseMemory();
        registry.remove(stream);
        meters.forget(stream);
    }

    /**
     * Transfers streams to another instance: delivers what is in flight, and saves the positions.
     *
     * @param savePositions whether positions are saved; false if another instance has resumed the streams already
     */
    void transfer(Collection<String> names, boolean savePositions) {
        if (registry.isClosed()) {
            awaitDrained();
            return;
        }
        List<Stream> leaving = names.stream().flatMap(name -> registry.find(name).stream()).toList();
        leaving.forEach(Stream::release);
        long end = time.nanos() + DRAIN.toNanos();
        leaving.forEach(stream -> locks.locked(stream.name(), () -> {
            if (registry.find(stream.name()).filter(stream::equals).isPresent()) {
                drain(stream, Duration.ofNanos(Math.max(0, end - time.nanos())));
                if (savePositions) {
                    positions.save(stream);
                }
                leave(stream);
                states.release(stream.name());
                LOG.infof("Stream transferred: stream=%s position=%d", stream.name(), stream.position());
            }
            return stream;
        }));
    }

    private void awaitDrained() {
        try {
            if (!drained.await(DRAIN.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("Streams are transferred before they have drained");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Stops emitting records, waits for the sinks to drain, and saves the positions.
     *
     * @param patience how long it waits for the sinks
     */
    void shutDown(Duration patience) {
        if (!registry.close()) {
            return;
        }
        List<Stream> all = registry.list();
        all.forEach(Stream::release);
        long end = time.nanos() + patience.toNanos();
        all.forEach(stream -> {
            stream.awaitEnd(Duration.ofNanos(Math.max(0, end - time.nanos())));
            positions.save(stream);
        });
        drained.countDown();
    }
}
