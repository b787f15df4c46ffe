package io.freshet.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.Test;

import io.freshet.table.CodedVector;
import io.freshet.table.Column;
import io.freshet.table.ColumnType;
import io.freshet.table.ColumnVector;
import io.freshet.table.NumberDictionary;
import io.freshet.table.NumberFormat;
import io.freshet.table.NumberFormat.Negative;
import io.freshet.table.NumberVector;
import io.freshet.table.RowBatch;
import io.freshet.table.Schema;

class FormattedNumbersTest {

    private static final NumberFormat DOLLARS = new NumberFormat("$", "", '.', ",", Negative.BRACKETS);

    private static RowBatch batch(ColumnVector vector) {
        Column column = new Column("sum", new ColumnType.Decimal(2), true, List.of("sum"), false, DOLLARS);
        RowBatch batch = RowBatch.wrap(new Schema(List.of(column)), List.of(vector));
        batch.hold(0, 3);
        return batch;
    }

    private static void assertWritten(RowBatch batch) {
        assertThat(Written.lines(new CsvEncoder(), new RecordBatch.Rows(batch), null))
                .isEqualTo("\"$1,234.50\"\n($7.00)\n\"\"\n");
        assertThat(Written.lines(new JsonEncoder(), new RecordBatch.Rows(batch), null))
                .isEqualTo("{\"sum\":\"$1,234.50\"}\n{\"sum\":\"($7.00)\"}\n{\"sum\":null}\n");
    }

    @Test
    void numbersAreWrittenInTheFormatOfTheirColumn() {
        assertWritten(batch(NumberVector.wrap(new long[] { 123_450, -700, NumberVector.MISSING })));
    }

    @Test
    void numbersOfADictionaryAreWrittenInTheFormatOfTheirColumn() {
        assertWritten(batch(CodedVector.wrap(new int[] { 1, 0, 2 }, NumberDictionary.of(new long[] { -700, 123_450 }))));
    }
}
