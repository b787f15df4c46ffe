package io.freshet.stats;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PhiloxTest {

    /** Known answers of Random123's kat_vectors for philox4x32 with 10 rounds (Salmon et al. 2011). */
    @Test
    void knownAnswers() {
        assertThat(words(0, 0, 0, 0)).containsExactly(0xe169c58d6627e8d5L, 0x9b00dbd8bc57ac4cL);
        assertThat(words(-1, -1, -1, -1)).containsExactly(0x41c83b0e408f276dL, 0x6d5451fda20bc7c6L);
        assertThat(words(0x85a308d3243f6a88L, 0x13198a2e, 0x03707344, 0x299f31d0a4093822L))
                .containsExactly(0x94fdccebd16cfe09L, 0x24126ea15001e420L);
    }

    @Test
    void theBlockFormGivesTheSameWords() {
        int n = 100;
        long[] rows = new long[n];
        for (int i = 0; i < n; i++) {
            rows[i] = 0xFFFFFFFFL - 50 + i;
        }
        long[] first = new long[n];
        long[] second = new long[n];
        Philox.block(rows, 7, 5, 0x8123456789abcdefL, first, second, Philox.scratch(n), n);
        for (int i = 0; i < n; i++) {
            assertThat(words(rows[i], 7, 5, 0x8123456789abcdefL)).containsExactly(first[i], second[i]);
        }
    }

    private static long[] words(long row, int block, int tag, long seed) {
        long[] words = new long[2];
        Philox.words(row, block, tag, seed, words);
        return words;
    }
}
