package io.freshet.stream.cluster;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.databind.JsonNode;

import io.freshet.stream.delivery.StreamStatistics;
import io.freshet.stream.engine.StreamState;

/**
 * A stream that is divided into shards, which may run on several instances.
 *
 * @param definition the definition of the whole, with its secrets
 * @param shards by number; those that are not saved yet, or no longer, are missing
 */
public record ShardedStream(String name, JsonNode definition, List<ShardView> shards) {

    /**
     * A shard as this instance knows it.
     *
     * @param state the name of its state
     * @param position of a shard of another instance, the position that was saved last
     * @param records the number of its records before the position
     * @param here whether it runs on this instance
     * @param statistics null if they are not known
     * @param error why it ended or could not be restored; null if it did not
     */
    public record ShardView(int shard, String state, long position, long records, boolean here,
            @Nullable StreamStatistics statistics, @Nullable String error) {
    }

    public ShardedStream {
        shards = List.copyOf(shards);
    }

    /**
     * Returns the state of the whole: the worst one of its shards while they differ. A stream is completed when all of its
     * shards are.
     */
    public String state() {
        Set<String> states = shards.stream().map(ShardView::state).collect(Collectors.toSet());
        for (StreamState state : List.of(StreamState.FAILED, StreamState.FAILING, StreamState.RUNNING, StreamState.PAUSED,
                StreamState.STOPPED)) {
            if (states.contains(state.id())) {
                return state.id();
            }
        }
        return StreamState.COMPLETED.id();
    }

    /** Returns how many records of the whole stream have been completed by all sinks. */
    public long records() {
        return shards.stream().mapToLong(ShardView::records).sum();
    }

    /** Returns the statistics of the whole, as far as those of its shards are known. */
    public StreamStatistics statistics() {
        return ShardStatistics.sum(state(), records(),
                shards.stream().map(ShardView::statistics).filter(Objects::nonNull).toList());
    }
}
