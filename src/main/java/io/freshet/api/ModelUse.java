package io.freshet.api;

import java.util.List;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.annotation.JsonInclude;

import io.freshet.stream.Streams;
import io.freshet.stream.definition.SourceDefinition;
import io.freshet.stream.delivery.StreamStatistics;
import io.freshet.stream.engine.Stream;
import io.freshet.stream.engine.StreamState;

/** Finds the running streams of this instance that draw from a model. */
@ApplicationScoped
public class ModelUse {

    /**
     * A running stream of a model.
     *
     * @param version the version of the model from which its rows are currently drawn
     * @param follows whether it switches to the newest version; a pinned stream stays on its version
     * @param fromPosition the position of the first record that is drawn from the newest version, in its next batch; null if it
     *        does not follow
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Use(String stream, @Nullable Long version, boolean follows, @Nullable Long fromPosition) {
    }

    private final Streams streams;

    ModelUse(Streams streams) {
        this.streams = streams;
    }

    List<Use> of(String model) {
        return streams.list().stream().filter(stream -> !isOver(stream.state())).map(stream -> use(stream, model))
                .flatMap(Optional::stream).toList();
    }

    private static boolean isOver(StreamState state) {
        return state == StreamState.STOPPED || state == StreamState.COMPLETED;
    }

    private static Optional<Use> use(Stream stream, String model) {
        if (!(stream.definition().source() instanceof SourceDefinition.OfModel used) || !used.model().equals(model)) {
            return Optional.empty();
        }
        StreamStatistics now = stream.statistics();
        long batch = stream.definition().pace().batchSize();
        long next = (now.position() + now.inFlight() + batch - 1) / batch * batch;
        return Optional.of(new Use(stream.name(), now.source().modelVersion(), !used.pinned(), used.pinned() ? null : next));
    }
}
