package io.freshet.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.SplittableRandom;

import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridDecoder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageBytesTest {

    @ParameterizedTest
    @ValueSource(ints = { 0, 1, 2, 3, 7, 8, 9, 14, 20, 31 })
    void runsReadBack(int bitWidth) throws IOException {
        SplittableRandom random = new SplittableRandom(bitWidth);
        PageBytes page = new PageBytes();
        for (int round = 0; round < 300; round++) {
            int[] values = values(random, bitWidth);
            page.reset();

            page.putRuns(bitWidth, 0, values.length, values);

            RunLengthBitPackingHybridDecoder decoder = new RunLengthBitPackingHybridDecoder(bitWidth,
                    new ByteArrayInputStream(page.toByteArray()));
            for (int value : values) {
                assertThat(decoder.readInt()).isEqualTo(value);
            }
        }
    }

    /** Returns runs of all lengths between stretches without runs. */
    private static int[] values(SplittableRandom random, int bitWidth) {
        int[] values = new int[1 + random.nextInt(3_000)];
        int value = 0;
        for (int i = 0, left = 0; i < values.length; i++, left--) {
            if (left == 0) {
                left = random.nextInt(3) == 0 ? 1 + random.nextInt(40) : 1;
                value = (int) random.nextLong(1L << bitWidth);
            }
            values[i] = value;
        }
        return values;
    }
}
