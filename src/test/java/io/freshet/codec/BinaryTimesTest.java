package io.freshet.codec;

import static io.freshet.codec.BinaryReading.avro;
import static io.freshet.codec.BinaryReading.dateTime;
import static io.freshet.codec.BinaryReading.field;
import static io.freshet.codec.BinaryReading.held;
import static io.freshet.codec.BinaryReading.instant;
import static io.freshet.codec.BinaryReading.message;
import static io.freshet.codec.BinaryReading.read;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;

import com.google.protobuf.DynamicMessage;

import io.freshet.event.Event;
import io.freshet.table.Column;
import io.freshet.table.ColumnType;
import io.freshet.table.ColumnVector;
import io.freshet.table.DateTimeFormat;
import io.freshet.table.NumberVector;
import io.freshet.table.RowBatch;
import io.freshet.table.Schema;

/** Times in Avro and Protocol Buffers. */
class BinaryTimesTest {

    @Test
    void timesAreLogicalTypesWhateverTheirFormat() throws Exception {
        long micros = 1_772_366_400_123_456L;
        List<DateTimeFormat> formats = List.of(DateTimeFormat.of("dd.MM.uuuu HH:mm", ChronoUnit.MINUTES),
                DateTimeFormat.of("uuuu-MM-dd'T'HH:mm:ss'+02:00'", ChronoUnit.SECONDS),
                DateTimeFormat.of("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", ChronoUnit.MICROS),
                DateTimeFormat.of("MM/dd/uuuu", ChronoUnit.DAYS), DateTimeFormat.of("HH:mm:ss", ChronoUnit.SECONDS));
        List<Column> columns = new java.util.ArrayList<>();
        List<ColumnVector> vectors = new java.util.ArrayList<>();
        for (int c = 0; c < formats.size(); c++) {
            columns.add(new Column("c" + c, new ColumnType.DateTime(formats.get(c)), false));
            vectors.add(NumberVector.wrap(new long[] { formats.get(c).ticksOf(c == 4 ? 3_661_000_000L : micros) }));
        }
        RowBatch rows = held(RowBatch.wrap(new Schema(columns), vectors), 1);

        GenericRecord avro = (GenericRecord) read(rows);
        DynamicMessage protobuf = message(rows);

        assertThat(avro.getSchema().getFields().stream().map(field -> field.schema().getLogicalType().getName()))
                .containsExactly("timestamp-millis", "timestamp-millis", "timestamp-micros", "date", "time-millis");
        assertThat(avro.get("c0")).isEqualTo(micros / 60_000_000 * 60_000);
        assertThat(avro.get("c1")).isEqualTo(micros / 1_000_000 * 1000);
        assertThat(avro.get("c2")).isEqualTo(micros);
        assertThat(avro.get("c3")).isEqualTo((int) (micros / 86_400_000_000L));
        assertThat(avro.get("c4")).isEqualTo(3_661_000);
        assertThat(instant(protobuf, "c1")).isEqualTo(Instant.ofEpochSecond(micros / 1_000_000));
        assertThat(instant(protobuf, "c2")).isEqualTo(Instant.ofEpochSecond(micros / 1_000_000, 123_456_000));
        assertThat(instant(protobuf, "c3")).isEqualTo(Instant.ofEpochSecond(micros / 86_400_000_000L * 86_400));
        assertThat(field(protobuf, "c4")).isEqualTo(3_661_000);
    }

    @Test
    void timesBefore1970ReadBackToo() throws Exception {
        DateTimeFormat format = DateTimeFormat.of("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", ChronoUnit.MILLIS);
        Column column = new Column("at", new ColumnType.DateTime(format), false);
        RowBatch rows = held(RowBatch.wrap(new Schema(List.of(column)),
                List.of(NumberVector.wrap(new long[] { format.parse("1969-12-31T23:59:59.750Z") }))), 1);

        assertThat(((GenericRecord) read(rows)).get("at")).isEqualTo(-250L);
        assertThat(instant(message(rows), "at")).isEqualTo(Instant.parse("1969-12-31T23:59:59.750Z"));
    }

    @Test
    void declaredTimesAreReadFromTextsAndNumbers() {
        DateTimeFormat instants = DateTimeFormat.of("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", ChronoUnit.MILLIS);
        EventRowMapper rows = new EventRowMapper(new Schema(List.of(new Column("at", new ColumnType.DateTime(instants), true),
                new Column("day", dateTime("uuuu-MM-dd", ChronoUnit.DAYS), true),
                new Column("time", dateTime("HH:mm:ss.SSS", ChronoUnit.MILLIS), true))));

        assertThat(rows.unfit(Map.of("at", "2026-03-01T14:00:00+02:00", "day", "2026-03-01", "time", "06:30"))).isNull();
        assertThat(rows.unfit(Map.of("at", 1_772_366_400_000L))).isNull();
        assertThat(rows.unfit(Map.of("at", "yesterday"))).contains("at");
        assertThat(rows.unfit(Map.of("day", 20_513L))).contains("day");
        RowBatch batch = rows.rows(List.of(new Event(Instant.EPOCH, null,
                Map.of("at", "2026-03-01T14:00:00+02:00", "day", "2026-03-01", "time", "06:30"))));
        assertThat(((NumberVector) batch.vector(0)).values()[0]).isEqualTo(1_772_366_400_000L);
        assertThat(((NumberVector) batch.vector(2)).values()[0]).isEqualTo(23_400_000L);
    }

    @Test
    void timesThatAreIntegersStayIntegersInEveryFormat() throws IOException {
        DateTimeFormat format = DateTimeFormat.of("epoch:seconds", ChronoUnit.MINUTES);
        Column column = new Column("at", new ColumnType.DateTime(format), true);
        RowBatch rows = held(RowBatch.wrap(new Schema(List.of(column)),
                List.of(NumberVector.wrap(new long[] { format.parse("1700000040"), format.parse("-60") }))), 2);

        assertThat(((GenericRecord) read(rows)).get("at")).isEqualTo(1_700_000_040L);
        assertThat(Written.lines(new JsonEncoder(), new RecordBatch.Rows(rows), null))
                .isEqualTo("{\"at\":1700000040}\n{\"at\":-60}\n");
        assertThat(Written.lines(new CsvEncoder(), new RecordBatch.Rows(rows), null)).isEqualTo("1700000040\n-60\n");
        EventRowMapper declared = new EventRowMapper(rows.schema());
        assertThat(declared.unfit(Map.of("at", "noon"))).contains("at");
        RowBatch read = declared.rows(List.of(new Event(Instant.EPOCH, null, Map.of("at", 1_700_000_040L))));
        assertThat(((NumberVector) read.vector(0)).values()[0]).isEqualTo(1_700_000_040L / 60);
    }
}
