package io.freshet.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.LongUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;

class EpochColumnTest {

    private static final long START = 1_700_000_000L;

    private static TableSample read(String name, LongUnaryOperator value, ReadOptions options) throws IOException {
        String csv = name + ",other\n" + LongStream.range(0, 500).mapToObj(i -> value.applyAsLong(i) + "," + i % 7)
                .collect(Collectors.joining("\n"));
        return TableReader.read(new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8)), TableFormat.CSV, options);
    }

    private static ColumnType type(String name, LongUnaryOperator value) throws IOException {
        return read(name, value, ReadOptions.defaults()).schema().column(0).type();
    }

    private static void assertTimes(ColumnType type, String pattern) {
        assertThat(type).isInstanceOfSatisfying(ColumnType.DateTime.class,
                dates -> assertThat(dates.format().pattern()).isEqualTo(pattern));
    }

    @Test
    void integersWithTheNameOfATimeAreTimesInTheirUnit() throws IOException {
        assertTimes(type("created_at", i -> START + 977 * i), "epoch:seconds");
        assertTimes(type("eventTime", i -> (START + 977 * i) * 1000 + i), "epoch:millis");
        assertTimes(type("ts", i -> (START + 977 * i) * 1_000_000 + i), "epoch:micros");
    }

    @Test
    void integersWithoutSuchANameAreTimesIfTheyAreRegular() throws IOException {
        assertTimes(type("x", i -> START / 60 * 60 + 900 * i), "epoch:seconds");
        assertTimes(type("x", i -> START / 86_400 * 86_400 + 86_400 * i + 9 * 3600 + i * 7_919 % 20_000), "epoch:seconds");
    }

    @Test
    void otherIntegersOfThatSizeStayWhatTheyAre() throws IOException {
        assertThat(type("x", i -> 1_000_000_001L + i * i * 1_237 % 900_000_000)).isNotInstanceOf(ColumnType.DateTime.class);
        assertThat(type("customer", i -> 1_000_000_000L + 100 * (i % 90))).isInstanceOf(ColumnType.Whole.class);
        assertThat(type("device_id", i -> START + i % 90)).isNotInstanceOf(ColumnType.DateTime.class);
        assertThat(type("time", i -> 3 * i + i % 40)).isInstanceOf(ColumnType.Whole.class);
    }

    @Test
    void zeroMayMeanNever() throws IOException {
        assertTimes(type("deleted_at", i -> i % 3 == 0 ? 0 : START + 977 * i), "epoch:seconds");
    }

    @Test
    void aNoticeSaysSoAndHowToChangeIt() throws IOException {
        assertThat(read("created_at", i -> START + 977 * i, ReadOptions.defaults()).notices()).singleElement()
                .satisfies(notice -> assertThat(notice.message()).contains("seconds since 1970",
                        "type.created_at=integer", "format.created_at=epoch:seconds"));
    }

    @Test
    void theTypeOrTheUnitCanBeDeclared() throws IOException {
        ReadOptions integer = ReadOptions.defaults().withOverrides(Map.of("created_at", "integer"));
        assertThat(read("created_at", i -> START + 977 * i, integer).schema().column(0).type())
                .isInstanceOf(ColumnType.Whole.class);
        ReadOptions days = ReadOptions.defaults().withDateFormats(Map.of("x", "epoch:days"));
        ColumnType type = read("x", i -> 19_000 + i, days).schema().column(0).type();
        assertTimes(type, "epoch:days");
        assertThat(((ColumnType.DateTime) type).format().read("2023-01-31")).hasValue(19_388);
        assertThatThrownBy(() -> ReadOptions.defaults().withDateFormats(Map.of("x", "epoch:hours")))
                .isInstanceOf(TableException.class).hasMessageContaining("expected one of epoch:days, epoch:seconds");
    }

    @Test
    void ticksAreTheCoarsestUnitAndAreWrittenAsTheSameIntegers() throws IOException {
        TableSample sample = read("read_at", i -> START / 3600 * 3600 + 3600 * i, ReadOptions.defaults());
        DateTimeFormat format = ((ColumnType.DateTime) sample.schema().column(0).type()).format();
        long first = ((NumberVector) sample.rows().vector(0)).values()[0];
        assertThat(first).isEqualTo(START / 3600);
        assertThat(format.print(first)).isEqualTo(Long.toString(START / 3600 * 3600));
        assertThat(format.epochNumber(first)).isEqualTo(START / 3600 * 3600);
        assertThat(format.parse("-7200")).isEqualTo(-2);
        assertThat(format.print(-2)).isEqualTo("-7200");
        assertThat(format.accepts("")).isFalse();
        assertThat(format.accepts("99999999999999999999")).isFalse();
        assertThat(format.read("12:30")).isEmpty();
    }
}
