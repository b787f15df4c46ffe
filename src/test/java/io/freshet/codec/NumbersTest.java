package io.freshet.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.freshet.table.CodedVector;
import io.freshet.table.ColumnType;
import io.freshet.table.FloatingVector;
import io.freshet.table.NumberDictionary;
import io.freshet.table.NumberVector;

class NumbersTest {

    private static final int ROWS = 500;

    private final SplittableRandom random = new SplittableRandom(5);

    private static ColumnType type(int digits) {
        return digits == 0 ? new ColumnType.Whole() : new ColumnType.Decimal(digits);
    }

    private static String lines(ColumnType type, io.freshet.table.ColumnVector vector) {
        return Written.lines(new JsonEncoder(), new RecordBatch.Rows(Written.batch(type, vector)), null);
    }

    @ParameterizedTest
    @ValueSource(ints = { 0, 1, 2, 3, 4, 5, 7, 8, 9, 16, 17, 18 })
    void numbersOfEveryMagnitudeAreWrittenWithAllTheirDigits(int digits) {
        for (int bits = 1; bits < 64; bits++) {
            long[] values = random.longs(ROWS).toArray();
            for (int i = 0; i < ROWS; i++) {
                values[i] >>>= 64 - bits;
                // blocks without and with negative and missing values
                values[i] = i > 300 && i % 3 == 0 ? -values[i] : i > 400 && i % 7 == 0 ? NumberVector.MISSING : values[i];
            }
            values[0] = (1L << bits) - 1;
            values[1] = 1L << bits - 1;
            values[2] = 0;
            String[] written = lines(type(digits), NumberVector.wrap(values)).split("\n");
            for (int i = 0; i < ROWS; i++) {
                String expected = values[i] == NumberVector.MISSING ? "null"
                        : BigDecimal.valueOf(values[i], digits).toPlainString();
                assertThat(written[i]).isEqualTo("{\"v\":" + expected + "}");
            }
        }
    }

    @Test
    void powersOfTenAndTheirNeighboursAreWritten() {
        for (int digits = 0; digits <= 18; digits++) {
            long[] values = new long[57];
            long power = 1;
            for (int e = 0; e < 19; e++) {
                values[3 * e] = power - 1;
                values[3 * e + 1] = power;
                values[3 * e + 2] = power + 1;
                power *= 10;
            }
            String[] written = lines(type(digits), NumberVector.wrap(values)).split("\n");
            for (int i = 0; i < values.length; i++) {
                assertThat(written[i]).isEqualTo("{\"v\":" + BigDecimal.valueOf(values[i], digits).toPlainString() + "}");
            }
        }
    }

    @Test
    void numbersInADictionaryLookTheSame() {
        long[] values = { 0, -1, 15, -123_456, 99_999_999_999L };
        CodedVector coded = CodedVector.wrap(new int[] { 0, 1, 2, 3, 4 }, NumberDictionary.of(values));
        for (int digits : new int[] { 0, 1, 3 }) {
            assertThat(lines(type(digits), coded)).isEqualTo(lines(type(digits), NumberVector.wrap(values)));
        }
    }

    @Test
    void doublesAreReadBackAndWhatJsonCannotSayIsNull() {
        double[] values = random.longs(5_000).mapToDouble(Double::longBitsToDouble).toArray();
        values[0] = Double.NaN;
        values[1] = Double.POSITIVE_INFINITY;
        values[2] = -0.0;
        String[] written = lines(new ColumnType.Floating(), FloatingVector.wrap(values)).split("\n");
        for (int i = 0; i < values.length; i++) {
            String value = written[i].substring(5, written[i].length() - 1);
            if (Double.isFinite(values[i])) {
                assertThat(Double.parseDouble(value)).isEqualTo(values[i]);
                assertThat(Written.tree(value).isNumber()).isTrue();
            } else {
                assertThat(value).isEqualTo("null");
            }
        }
    }
}
