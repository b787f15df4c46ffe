package io.freshet.model.relation;

import io.freshet.model.marginal.NumberReader;
import io.freshet.table.Column;
import io.freshet.table.ColumnVector;
import io.freshet.table.RowBatch;

/**
 * The cells of a batch of rows, by column number. Readers stay valid while the batch is refilled.
 *
 * @param rows the batch, with the columns that users see, in their order
 */
public record Cells(RowBatch rows) {

    Column column(int index) {
        return rows.schema().column(index);
    }

    ColumnVector vector(int index) {
        return rows.vector(index);
    }

    NumberReader numbers(int index) {
        return NumberReader.of(column(index), vector(index));
    }
}
