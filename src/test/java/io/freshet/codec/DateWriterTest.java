package io.freshet.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.freshet.table.Column;
import io.freshet.table.ColumnType;
import io.freshet.table.DateTimeFormat;
import io.freshet.table.NumberVector;
import io.freshet.table.RowBatch;
import io.freshet.table.Schema;

class DateWriterTest {

    private static String json(DateTimeFormat format, long ticks) {
        Schema schema = new Schema(List.of(new Column("t", new ColumnType.DateTime(format), false)));
        RowBatch batch = RowBatch.wrap(schema, List.of(NumberVector.wrap(new long[] { ticks })));
        batch.hold(0, 1);
        EncodedRecords encoded = EncodedRecords.create();
        new JsonEncoder().encode(new RecordBatch.Rows(batch), null, encoded);
        return new String(RecordWriter.NDJSON.write(encoded, true), StandardCharsets.UTF_8).strip();
    }

    @ParameterizedTest
    @EnumSource(value = ChronoUnit.class, names = { "DAYS", "HOURS", "MINUTES", "SECONDS", "MILLIS", "MICROS" })
    void writesWhatTheFormatPrintsWhateverTheResolution(ChronoUnit resolution) {
        LocalDateTime epoch = LocalDateTime.of(1970, 1, 1, 0, 0);
        for (String pattern : List.of("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", "uuuu-MM-dd HH:mm:ss.SSS", "dd.MM.uuuu HH:mm:ss",
                "uuuu-MM-dd HH:mm", "d/M/uu h:mm:ss a", "uuuu-MM-dd")) {
            DateTimeFormat format = DateTimeFormat.of(pattern, resolution);
            for (LocalDateTime time : List.of(epoch.plusHours(13), LocalDateTime.of(1931, 12, 5, 23, 59, 58, 987_654_000),
                    LocalDateTime.of(2107, 2, 3, 4, 5, 6, 7_000))) {
                long ticks = resolution.between(epoch, time);
                assertThat(json(format, ticks)).isEqualTo("{\"t\":\"" + format.print(ticks) + "\"}");
            }
        }
    }

    @Test
    void theDayChangesWithTheTick() {
        DateTimeFormat format = DateTimeFormat.of("uuuu-MM-dd HH:mm", ChronoUnit.HOURS);
        assertThat(json(format, -1)).isEqualTo("{\"t\":\"1969-12-31 23:00\"}");
        assertThat(json(format, 24)).isEqualTo("{\"t\":\"1970-01-02 00:00\"}");
    }

    @Test
    void writesEveryFormatForAllYears() {
        LocalDateTime epoch = LocalDateTime.of(1970, 1, 1, 0, 0);
        for (String pattern : List.of("uuuu-MM-dd", "yyyyMMdd", "MMMM d, uuuu", "d-MMM-uu", "MM/dd/uuuu HH:mm", "M/d/uuuu H:mm",
                "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", "uuuu-MM-dd HH:mm:ss,SSS", "uuuu-MM-dd'T'HH:mm:ss'+02:00'", "HH:mm:ss",
                "dd MMMM uuuu HH:mm:ss", "uuuu 'o''clock' \"HH\"", "uuuu-MM-dd'T'HH:mm:ss' Zürich'", "uuuuMMdd'T'HHmmss")) {
            DateTimeFormat format = DateTimeFormat.of(pattern, ChronoUnit.MILLIS);
            for (LocalDateTime time : List.of(epoch, LocalDateTime.of(1, 1, 1, 1, 1),
                    LocalDateTime.of(9999, 12, 31, 23, 59, 59),
                    LocalDateTime.of(10_000, 1, 1, 0, 0), LocalDateTime.of(-44, 3, 15, 12, 0),
                    LocalDateTime.of(1978, 9, 30, 5, 6),
                    LocalDateTime.of(2000, 2, 29, 23, 59, 59, 999_000_000), LocalDateTime.of(1968, 9, 30, 0, 0))) {
                long ticks = ChronoUnit.MILLIS.between(epoch, time);
                RowBatch batch = Written.batch(new ColumnType.DateTime(format), NumberVector.wrap(new long[] { ticks, ticks }));
                assertThat(Written.json(batch).get(1).get("v").textValue()).isEqualTo(format.print(ticks));
                assertThat(Written.csv(batch, null).get(2).getField(0)).isEqualTo(format.print(ticks));
            }
        }
    }

    @Test
    void printsWhatJavasFormatterPrints() {
        SplittableRandom random = new SplittableRandom(8);
        for (String pattern : List.of("uuuu-MM-dd'T'HH:mm:ss.SSSSSS", "d MMMM uuuu h:mm a", "dd-MMM-uu HH:mm:ss",
                "M/d/uuuu H:m:s")) {
            DateTimeFormat format = DateTimeFormat.of(pattern, ChronoUnit.MICROS);
            DateTimeFormatter java = DateTimeFormatter.ofPattern(pattern, Locale.US);
            for (int i = 0; i < 2_000; i++) {
                long micros = random.nextLong(-62_000_000_000_000_000L, 250_000_000_000_000_000L);
                LocalDateTime time = LocalDateTime.ofEpochSecond(Math.floorDiv(micros, 1_000_000L),
                        (int) Math.floorMod(micros, 1_000_000L) * 1000, ZoneOffset.UTC);
                assertThat(format.print(micros)).isEqualTo(java.format(time));
            }
        }
    }
}
