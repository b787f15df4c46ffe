package io.freshet.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SketchesTest {

    @Test
    void quantilesAreWithinAHundredthAlsoOfMergedSketches() throws IOException {
        Random random = new Random(5);
        double[] numbers = new double[20_000];
        QuantileSketch[] sketches = { QuantileSketch.create(), QuantileSketch.create(), QuantileSketch.create() };
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = Math.exp(2 * random.nextGaussian()) * (random.nextInt(3) == 0 ? -1 : 1);
            sketches[i % 3].add(numbers[i]);
        }
        sketches[0].merge(sketches[1]);
        sketches[0].merge(sketches[2]);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        sketches[0].write(new DataOutputStream(bytes));
        QuantileSketch sketch = QuantileSketch.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));

        Arrays.sort(numbers);
        for (double p : new double[] { 0, 0.001, 0.1, 0.25, 0.5, 0.9, 0.99, 0.999, 1 }) {
            double exact = numbers[Math.max(0, (int) Math.ceil(p * numbers.length) - 1)];
            assertThat(sketch.quantile(p)).isCloseTo(exact, within(Math.abs(exact) * 0.008));
        }
        assertThat(sketch.count()).isEqualTo(numbers.length);
        assertThat(QuantileSketch.create().quantile(0.5)).isNaN();
    }

    @Test
    void mergingIsAddingAllNumbersWhateverBucketsAreThereAlready() throws IOException {
        Random random = new Random(6);
        for (int range : new int[] { 1, 10, 1_000_000_000 }) {
            QuantileSketch all = QuantileSketch.create();
            QuantileSketch merged = QuantileSketch.create();
            for (int part = 0; part < 20; part++) {
                QuantileSketch one = QuantileSketch.create();
                for (int i = 0; i < part * 50; i++) {
                    double number = random.nextInt(range) - range / 3.0;
                    all.add(number);
                    one.add(number);
                }
                merged.merge(one);
            }

            assertThat(bytes(merged)).isEqualTo(bytes(all));
            assertThat(merged.count()).isEqualTo(all.count());
        }
    }

    private static byte[] bytes(QuantileSketch sketch) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        sketch.write(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    @Test
    void aQuantileSketchHasABound() {
        QuantileSketch sketch = QuantileSketch.create();
        for (int exponent = -300; exponent < 300; exponent++) {
            for (int digit = 1; digit < 10; digit++) {
                sketch.add(digit * Math.pow(10, exponent));
            }
        }

        assertThat(sketch.count()).isEqualTo(5400);
        assertThat(sketch.quantile(0.999)).isCloseTo(4e299, within(1e298));
    }

    @ParameterizedTest
    @ValueSource(ints = { 0, 1, 100, 128, 129, 1000, 10_000, 300_000 })
    void countsDifferentTextsWithinAFewPercent(int different) throws IOException {
        DistinctSketch left = DistinctSketch.create();
        DistinctSketch right = DistinctSketch.create();
        for (int i = 0; i < different; i++) {
            left.add("user-" + i);
            right.add("user-" + (i + different / 2));
            right.add("user-" + (i + different / 2));
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        left.write(new DataOutputStream(bytes));
        DistinctSketch merged = DistinctSketch.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
        merged.merge(right);

        assertThat((double) left.count()).isCloseTo(different, within(different <= 128 ? 0 : 0.08 * different));
        int both = different + different / 2;
        assertThat((double) merged.count()).isCloseTo(both, within(both <= 128 ? 0 : 0.08 * both));
    }
}
