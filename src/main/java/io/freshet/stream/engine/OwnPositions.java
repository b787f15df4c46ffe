package io.freshet.stream.engine;

import io.freshet.stream.definition.RetailDefinition;
import io.freshet.stream.definition.StreamDefinition;

/**
 * The positions whose records a stream makes. A whole stream makes all. A shard makes every {@code count}th batch of the whole
 * stream, so that its records have the positions, and thus the values, ids and batch numbers, that they have in the whole.
 *
 * @param index the number of the shard, from 0
 * @param count the number of shards
 * @param block the number of consecutive positions that belong to one shard
 */
public record OwnPositions(int index, int count, int block) {

    private static final OwnPositions ALL = new OwnPositions(0, 1, 1);

    /** Returns the positions of a stream, or of a shard. */
    public static OwnPositions of(StreamDefinition definition) {
        // a shard of a retail chain counts the events of its own stores
        return definition.source() instanceof RetailDefinition ? ALL
                : definition.shard().map(shard -> new OwnPositions(shard.index(), shard.count(), definition.pace().batchSize()))
                        .orElse(ALL);
    }

    /** Returns the first own position that is not before this one. */
    long from(long position) {
        long number = position / block;
        long ahead = Math.floorMod(index - number, (long) count);
        return ahead == 0 ? position : (number + ahead) * block;
    }

    /** Returns how many own positions are before this one. */
    public long before(long position) {
        long number = position / block;
        long own = (number + count - 1 - index) / count * block;
        return Math.floorMod(index - number, (long) count) == 0 ? own + position % block : own;
    }
}
