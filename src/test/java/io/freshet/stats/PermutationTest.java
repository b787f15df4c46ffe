package io.freshet.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.BitSet;
import java.util.HashSet;
import java.util.Set;

import org.junit.jupiter.api.Test;

class PermutationTest {

    @Test
    void everyNumberIsReachedOnce() {
        for (int size : new int[] { 1, 2, 3, 4, 5, 17, 1000, 65_536, 65_537 }) {
            Permutation permutation = Permutation.of(size, 99);
            BitSet seen = new BitSet(size);
            for (int i = 0; i < size; i++) {
                seen.set((int) permutation.apply(i));
            }
            assertThat(seen.cardinality()).isEqualTo(size);
        }
    }

    @Test
    void largeSizesStayInsideAndDiffer() {
        Permutation permutation = Permutation.of(1L << 62, 7);
        Set<Long> seen = new HashSet<>();
        for (long i = 0; i < 10_000; i++) {
            long value = permutation.apply(i);
            assertThat(value).isBetween(0L, (1L << 62) - 1);
            seen.add(value);
        }
        assertThat(seen).hasSize(10_000);
    }

    @Test
    void theKeyDecidesTheOrder() {
        assertThat(order(1)).isNotEqualTo(order(2)).isEqualTo(order(1));
    }

    private static long[] order(long key) {
        Permutation permutation = Permutation.of(100, key);
        long[] order = new long[100];
        for (int i = 0; i < 100; i++) {
            order[i] = permutation.apply(i);
        }
        return order;
    }

    @Test
    void refusesASizeItCannotHold() {
        assertThatThrownBy(() -> Permutation.of(0, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Permutation.of((1L << 62) + 1, 1)).isInstanceOf(IllegalArgumentException.class);
    }
}
