package io.freshet.retail;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.freshet.table.Column;
import io.freshet.table.CsvOptions;
import io.freshet.table.EmptyTableException;
import io.freshet.table.ReadOptions;
import io.freshet.table.RowBatch;
import io.freshet.table.RowRecords;
import io.freshet.table.TableException;
import io.freshet.table.TableFormat;
import io.freshet.table.TableReader;

/** A file of master data. Each row knows its number, so that errors can name it. */
final class MasterDataTable {

    /** Reads all rows as they are written. */
    private static final ReadOptions OPTIONS = ReadOptions.defaults().asTexts().withMissingMarkers(Set.of())
            .withSampleCells(Integer.MAX_VALUE).withCsv(new CsvOptions(null, true, null, null, 0));

    private final Path file;
    private final List<String> columns;
    private final Consumer<String> complaints;

    /**
     * @param file its ending tells the format
     * @param columns the required columns
     * @param complaints receives an error message for each invalid field, with the file and the row
     */
    MasterDataTable(Path file, List<String> columns, Consumer<String> complaints) {
        this.file = file;
        this.columns = List.copyOf(columns);
        this.complaints = complaints;
    }

    /** A row. An invalid field is reported and replaced by the smallest valid value. */
    final class Row {

        private final int number;
        private final Map<String, @Nullable Object> values;

        private Row(int number, Map<String, @Nullable Object> values) {
            this.number = number;
            this.values = values;
        }

        void wrong(String message) {
            complaints.accept(file.getFileName() + " row " + number + ": " + message);
        }

        private Optional<String> find(String column) {
            return Optional.ofNullable(values.get(column)).map(value -> value.toString().strip())
                    .filter(text -> !text.isEmpty());
        }

        /** Returns a text that needs no escaping in events. */
        String text(String column) {
            String text = find(column).orElse("");
            if (text.isEmpty() || text.length() > 100 || text.chars().anyMatch(c -> c < ' ' || c == '"' || c == '\\')) {
                wrong(column + " must be a text of at most 100 characters without quotes and backslashes");
                return "";
            }
            return text;
        }

        int integer(String column, int min, int max, int otherwise) {
            return find(column).isEmpty() ? otherwise : integer(column, min, max);
        }

        int integer(String column, int min, int max) {
            String text = find(column).orElse("");
            try {
                // a column of doubles has 5.0
                int whole = new BigDecimal(text).intValueExact();
                if (whole >= min && whole <= max) {
                    return whole;
                }
            } catch (ArithmeticException | NumberFormatException e) {
                // falls through to the error report
            }
            wrong(column + " must be a whole number from " + min + " to " + max + ", not \"" + text + '"');
            return min;
        }

        double number(String column, double min, double max, double otherwise) {
            if (find(column).isEmpty()) {
                return otherwise;
            }
            String text = find(column).orElse("");
            try {
                double parsed = Double.parseDouble(text);
                if (parsed >= min && parsed <= max) {
                    return parsed;
                }
            } catch (NumberFormatException e) {
                // falls through to the error report
            }
            wrong(column + " must be a number from " + min + " to " + max + ", not \"" + text + '"');
            return min;
        }

        /** Returns an amount of money in hundredths. */
        int cents(String column) {
            double amount = number(column, 0.01, 1e6, Double.NaN);
            if (Double.isNaN(amount)) {
                wrong(column + " is missing");
                return 1;
            }
            return (int) Math.round(amount * 100);
        }

        /** Returns the index of a name in a list of names. */
        int choice(String column, List<String> names) {
            String text = find(column).orElse("");
            int place = names.indexOf(text);
            if (place < 0) {
                wrong(column + " must be one of " + String.join(", ", names) + ", not \"" + text + '"');
            }
            return Math.max(0, place);
        }
    }

    /**
     * Reads all rows.
     *
     * @throws RetailException if the file is not a valid table or lacks a column
     */
    void read(Consumer<Row> rows) throws IOException {
        String name = file.getFileName().toString();
        RowRecords records;
        try {
            RowBatch batch = TableReader.read(file, TableFormat.ofFileName(name).orElse(TableFormat.CSV), OPTIONS).rows();
            List<String> present = batch.schema().columns().stream().map(Column::name).toList();
            columns.stream().filter(column -> !present.contains(column)).findFirst().ifPresent(column -> {
                throw new RetailException(name + " has no column " + column + "; it needs " + columns);
            });
            records = RowRecords.of(batch);
        } catch (EmptyTableException e) {
            // a chain may have no customers
            return;
        } catch (TableException e) {
            throw new RetailException(name + " cannot be read: " + e.getMessage());
        }
        for (int row = 0; row < records.size(); row++) {
            rows.accept(new Row(row + 1, records.copy(row)));
        }
    }
}
