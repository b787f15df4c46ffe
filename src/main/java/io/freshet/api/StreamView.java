package io.freshet.api;

import java.util.List;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;

import io.freshet.security.Secrets;
import io.freshet.store.StreamStore.SavedStream;
import io.freshet.stream.FailedStream;
import io.freshet.stream.cluster.ShardedStream;
import io.freshet.stream.cluster.ShardedStream.ShardView;
import io.freshet.stream.definition.StreamDefinition;
import io.freshet.stream.delivery.StreamStatistics;
import io.freshet.stream.engine.Stream;
import io.freshet.stream.engine.StreamState;

/** A stream as the API shows it. */
public record StreamView(String name, String state, @Nullable JsonNode definition, @Nullable StreamStatistics statistics,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Elsewhere elsewhere,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String reason,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<ShardView> shards) {

    /** The state of a stream that runs on another instance, as it was a moment ago. */
    public record Elsewhere(long position) {
    }

    static StreamView of(Stream stream) {
        return new StreamView(stream.name(), stream.state().id(), Secrets.masked(stream.definition().shown()),
                stream.statistics(), null, null, null);
    }

    static StreamView of(ShardedStream stream) {
        return new StreamView(stream.name(), stream.state(), Secrets.masked(StreamDefinition.shown(stream.definition())),
                stream.statistics(), null, null, stream.shards());
    }

    static StreamView of(FailedStream failed) {
        JsonNode definition = failed.definition();
        return new StreamView(failed.name(), StreamState.FAILED.id(),
                definition == null ? null : Secrets.masked(StreamDefinition.shown(definition)), null, null,
                failed.reason(), null);
    }

    static StreamView of(String name, SavedStream saved) {
        return new StreamView(name, saved.state(),
                saved.isCorrupt() ? null : Secrets.masked(StreamDefinition.shown(saved.definition())), null,
                new Elsewhere(saved.position()), saved.error(), null);
    }
}
