package io.freshet.retail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;

/** A CSV file of master data: a header line, then rows. Each row knows its line, so that errors can name it. */
final class CsvTable {

    private final String file;
    private final List<String> columns;
    private final Consumer<String> complaints;

    /**
     * @param columns the required columns
     * @param complaints receives an error message for each invalid field, with the file and the line
     */
    CsvTable(String file, List<String> columns, Consumer<String> complaints) {
        this.file = file;
        this.columns = List.copyOf(columns);
        this.complaints = complaints;
    }

    /** A row. An invalid field is reported and replaced by the smallest valid value. */
    final class Row {

        private final NamedCsvRecord record;

        private Row(NamedCsvRecord record) {
            this.record = record;
        }

        void wrong(String message) {
            complaints.accept(file + " line " + record.getStartingLineNumber() + ": " + message);
        }

        private Optional<String> find(String column) {
            return record.findField(column).map(String::strip).filter(text -> !text.isEmpty());
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
                int number = Integer.parseInt(text);
                if (number >= min && number <= max) {
                    return number;
                }
            } catch (NumberFormatException e) {
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
                double number = Double.parseDouble(text);
                if (number >= min && number <= max) {
                    return number;
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
     * @throws RetailException if the file is not CSV or lacks a column
     */
    void read(BufferedReader in, Consumer<Row> rows) {
        try (CsvReader<NamedCsvRecord> records = CsvReader.builder().ofNamedCsvRecord(in)) {
            boolean known = false;
            for (NamedCsvRecord record : records) {
                if (!known) {
                    columns.stream().filter(column -> !record.getHeader().contains(column)).findFirst().ifPresent(column -> {
                        throw new RetailException(file + " has no column " + column + "; it needs " + columns);
                    });
                    known = true;
                }
                rows.accept(new Row(record));
            }
        } catch (CsvParseException | UncheckedIOException e) {
            throw new RetailException(file + " cannot be read: " + e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read", e);
        }
    }
}
