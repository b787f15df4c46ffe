package io.freshet.api;

import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import io.freshet.store.StreamStore.SavedStream;
import io.freshet.stream.Streams;
import io.freshet.stream.cluster.StreamCluster;
import io.freshet.stream.definition.Shard;
import io.freshet.stream.definition.StreamDefinition;
import io.freshet.stream.engine.Stream;

/** Finds streams by name, including those that run on other instances. */
@ApplicationScoped
class StreamLocator {

    /** Misdirected Request (RFC 9110): another connection may reach the right instance. */
    private static final int ELSEWHERE = 421;

    private final Streams streams;
    private final StreamCluster shared;

    StreamLocator(Streams streams, StreamCluster shared) {
        this.streams = streams;
        this.shared = shared;
    }

    /**
     * Returns a stream of this instance, or any shard of it that runs here.
     *
     * @throws ProblemException if it runs on another instance, or does not exist
     */
    Stream here(String name) {
        return local(name).orElseGet(() -> {
            requireNotElsewhere(name);
            // this instance may have taken it over since it was looked for
            return local(name).orElseThrow(() -> missing(name));
        });
    }

    private Optional<Stream> local(String name) {
        return streams.find(name).or(() -> streams.shards(name).stream().findFirst());
    }

    private void requireNotElsewhere(String name) {
        streams.findFailed(name).ifPresent(failed -> {
            throw new ProblemException(
                    Problem.of(409, "name", "the stream " + name + " could not be restored: " + failed.reason()));
        });
        if (shared.elsewhere(name).isPresent() || shared.elsewhere(Shard.name(name, 0)).isPresent()) {
            throw new ProblemException(Problem.of(ELSEWHERE, "name", "the stream " + name + " runs on another instance"));
        }
    }

    /** Returns the definition of a stream of another instance. */
    Optional<StreamDefinition> elsewhere(String name) {
        return shared.elsewhere(name).or(() -> shared.elsewhere(Shard.name(name, 0))).filter(saved -> !saved.isCorrupt())
                .map(SavedStream::definition)
                .map(StreamDefinition::parseSaved);
    }

    ProblemException missing(String name) {
        return new ProblemException(Problem.of(404, "name", "unknown stream " + name).allowing(shared.names()));
    }
}
