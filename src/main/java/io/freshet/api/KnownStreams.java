package io.freshet.api;

import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import io.freshet.store.StreamStore.SavedStream;
import io.freshet.stream.SharedStreams;
import io.freshet.stream.Stream;
import io.freshet.stream.StreamDefinition;
import io.freshet.stream.Streams;

/** Finds streams by their names, also those that run on other instances. */
@ApplicationScoped
class KnownStreams {

    /** Misdirected Request (RFC 9110): another connection may find the right instance. */
    private static final int ELSEWHERE = 421;

    private final Streams streams;
    private final SharedStreams shared;

    KnownStreams(Streams streams, SharedStreams shared) {
        this.streams = streams;
        this.shared = shared;
    }

    /**
     * One that runs here.
     *
     * @throws ProblemException if it runs on another instance, or there is none
     */
    Stream here(String name) {
        return streams.find(name).orElseThrow(() -> shared.elsewhere(name).isPresent()
                ? new ProblemException(Problem.of(ELSEWHERE, "name", "the stream " + name + " runs on another instance"))
                : missing(name));
    }

    /** The definition of one that runs on another instance. */
    Optional<StreamDefinition> elsewhere(String name) {
        return shared.elsewhere(name).map(SavedStream::definition).map(StreamDefinition::parse);
    }

    ProblemException missing(String name) {
        return new ProblemException(Problem.of(404, "name", "there is no stream " + name).allowing(shared.names()));
    }
}
