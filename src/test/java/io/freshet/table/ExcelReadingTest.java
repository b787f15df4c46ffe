package io.freshet.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.freshet.codec.EncodedRecords;
import io.freshet.codec.JsonEncoder;
import io.freshet.codec.RecordBatch;

class ExcelReadingTest {

    private static final ReadOptions DEFAULTS = ReadOptions.defaults();

    private static TableSample read(Workbook workbook, ReadOptions options) throws IOException {
        return TableReader.read(new ByteArrayInputStream(workbook.bytes()), TableFormat.EXCEL, options);
    }

    private static List<String> json(TableSample sample) {
        EncodedRecords records = EncodedRecords.create();
        new JsonEncoder().encode(new RecordBatch.Rows(sample.rows()), null, records);
        return IntStream.range(0, records.size())
                .mapToObj(i -> new String(records.copy(i), StandardCharsets.UTF_8)).toList();
    }

    @Test
    void readsNumbersTextsDatesAndBooleansOfTheFirstSheet() throws IOException {
        Workbook workbook = new Workbook().sheet("Orders", new Object[] { "day", "at", "price", "code", "paid" },
                new Object[] { Workbook.styled(1, "46099"), Workbook.styled(2, "46099.416666666664"),
                        Workbook.styled(3, "0.30000000000000004"), "0042", true },
                new Object[] { Workbook.styled(1, "46100"), Workbook.styled(2, "46100.5"), Workbook.styled(3, "12.5"), "a & b",
                        false },
                new Object[] {}, new Object[] { null, null, Workbook.styled(3, "7"), null, null });

        assertThat(json(read(workbook, DEFAULTS))).containsExactly(
                "{\"day\":\"2026-03-18\",\"at\":\"2026-03-18 10:00:00\",\"price\":0.3,\"code\":\"0042\",\"paid\":true}",
                "{\"day\":\"2026-03-19\",\"at\":\"2026-03-19 12:00:00\",\"price\":12.5,\"code\":\"a & b\",\"paid\":false}",
                "{\"day\":null,\"at\":null,\"price\":7.0,\"code\":null,\"paid\":null}");
    }

    @Test
    void takesTheValuesOfFormulasAndNoErrors() throws IOException {
        Workbook workbook = new Workbook().sheet("S", new Object[] { "n", "ratio" },
                new Object[] { 1, "<c r=\"@\"><f>A2*2</f><v>2</v></c>" },
                new Object[] { 2, "<c r=\"@\" t=\"e\"><f>1/0</f><v>#DIV/0!</v></c>" },
                new Object[] { 3, "<c r=\"@\"><f>A4*2</f><v>6</v></c>" });

        assertThat(json(read(workbook, DEFAULTS))).containsExactly("{\"n\":1,\"ratio\":2}", "{\"n\":2,\"ratio\":null}",
                "{\"n\":3,\"ratio\":6}");
    }

    @Test
    void readsTheSheetThatIsNamed() throws IOException {
        Workbook workbook = new Workbook().sheet("Notes", new Object[] { "Quarter 1" })
                .sheet("Data", new Object[] { "a title" }, new Object[] { "a", null, "a" }, new Object[] { 1, 2, 3 },
                        new Object[] { 4, 5, 6 });

        TableSample sample = read(workbook, DEFAULTS.withSheet("Data").withCsv(new CsvOptions(null, null, null, null, 1)));

        assertThat(json(sample)).containsExactly("{\"a\":1,\"column_2\":2,\"a_2\":3}", "{\"a\":4,\"column_2\":5,\"a_2\":6}");
        assertThatThrownBy(() -> read(workbook, DEFAULTS.withSheet("data"))).isInstanceOf(TableException.class)
                .hasMessage("the Excel workbook has no sheet data; its sheets are Notes, Data");
    }

    @Test
    void refusesWhatIsNoWorkbook() {
        assertThatThrownBy(
                () -> TableReader.read(new ByteArrayInputStream("a,b\n1,2\n".getBytes()), TableFormat.EXCEL, DEFAULTS))
                .isInstanceOf(TableException.class).hasMessageContaining("is not an Excel workbook");
        assertThatThrownBy(() -> read(new Workbook().sheet("Empty"), DEFAULTS)).isInstanceOf(TableException.class);
    }
}
