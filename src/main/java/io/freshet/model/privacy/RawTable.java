package io.freshet.model.privacy;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.freshet.table.Column;
import io.freshet.table.ColumnType;
import io.freshet.table.TableException;
import io.freshet.table.TableSample;
import io.freshet.table.TextVector;

/**
 * The texts of a table. It was read without inferring types, ranges or formats from its values: whatever they say has to be
 * bought.
 */
final class RawTable {

    private final TableSample sample;

    private RawTable(TableSample sample) {
        this.sample = sample;
    }

    /**
     * @param sample read with {@link io.freshet.table.ReadOptions#asTexts}
     * @throws IllegalArgumentException if it was read in another way
     * @throws TableException if it is only a sample of the table
     */
    static RawTable of(TableSample sample) {
        if (sample.rows().size() < sample.totalRows()) {
            throw new TableException("a private fit needs the whole table in memory, and only " + sample.rows().size()
                    + " of its rows fit");
        }
        for (int column = 0; column < sample.schema().size(); column++) {
            if (!(sample.rows().vector(column) instanceof TextVector
                    || sample.schema().column(column).type() instanceof ColumnType.Missing)) {
                throw new IllegalArgumentException("a private fit needs a table that was read as texts");
            }
        }
        return new RawTable(sample);
    }

    int rows() {
        return sample.rows().size();
    }

    /** Returns the columns; only their names and places are public. */
    List<Column> columns() {
        return sample.schema().columns();
    }

    List<String> names() {
        return columns().stream().map(Column::name).toList();
    }

    /** Returns the text of a cell; null if it is missing. */
    @Nullable
    String text(int column, int row) {
        return sample.rows().vector(column) instanceof TextVector texts && !texts.isMissing(row) ? texts.text(row).strip()
                : null;
    }
}
