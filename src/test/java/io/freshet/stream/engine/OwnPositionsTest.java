package io.freshet.stream.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;

class OwnPositionsTest {

    private static final int SHARDS = 3;
    private static final int BLOCK = 5;
    private static final int RECORDS = 100;

    @Test
    void shardsMakeEachPositionOnceAndInOrder() {
        List<Long> all = new ArrayList<>();
        for (int shard = 0; shard < SHARDS; shard++) {
            List<Long> made = made(new OwnPositions(shard, SHARDS, BLOCK));
            assertThat(made).isSorted();
            all.addAll(made);
        }
        assertThat(all).containsExactlyInAnyOrderElementsOf(LongStream.range(0, RECORDS).boxed().toList());
    }

    @Test
    void countsTheOwnPositionsBeforeAnyPosition() {
        for (int shard = 0; shard < SHARDS; shard++) {
            OwnPositions own = new OwnPositions(shard, SHARDS, BLOCK);
            List<Long> made = made(own);
            for (long position = 0; position < RECORDS; position++) {
                long end = position;
                assertThat(own.before(position)).as("shard %d before %d", shard, position)
                        .isEqualTo(made.stream().filter(each -> each < end).count());
            }
        }
    }

    @Test
    void aWholeStreamMakesAllPositions() {
        OwnPositions all = new OwnPositions(0, 1, 1);
        assertThat(all.from(7)).isEqualTo(7);
        assertThat(all.before(7)).isEqualTo(7);
    }

    private static List<Long> made(OwnPositions own) {
        List<Long> made = new ArrayList<>();
        for (long position = own.from(0); position < RECORDS; position = own.from(position + 1)) {
            made.add(position);
        }
        return made;
    }
}
