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

/** A CSV file of master data: a header line, then rows, each of which knows where it stands. */
final class CsvTable {

    private final String file;
    private final List<String> columns;
    private final Consumer<String> complaints;

    /**
     * @param columns those that must be there
     * @param complaints told what is wrong, with its line
     */
    CsvTable(String file, List<String> columns, Consumer<String> complaints) {
        this.file = file;
        this.columns = List.copyOf(columns);
        this.complaints = complaints;
    }

    /** One row; a field that is not as it must be is complained about, and taken as the least that would do. */
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

        /** What may stand in events as it is. */
        String text(String column) {
            String text = find(column).orElse("");
            if (text.isEmpty() || text.length() > 100 || text.chars().anyMatch(c -> c < ' ' || c == '"' || c == '\\')) {
                wrong(column + " must be a text of at most a hundred characters without quotes and backslashes");
                return "";
            }
            return text;
        }

        int integer(String column, int least, int most, int otherwise) {
            return find(column).isEmpty() ? otherwise : integer(column, least, most);
        }

        int integer(String column, int least, int most) {
            String text = find(column).orElse("");
            try {
                int number = Integer.parseInt(text);
                if (number >= least && number <= most) {
                    return number;
                }
            } catch (NumberFormatException e) {
                // falls through to the complaint
            }
            wrong(column + " must be a whole number from " + least + " to " + most + ", not \"" + text + '"');
            return least;
        }

        double number(String column, double least, double most, double otherwise) {
            if (find(column).isEmpty()) {
                return otherwise;
            }
            String text = find(column).orElse("");
            try {
                double number = Double.parseDouble(text);
                if (number >= least && number <= most) {
                    return number;
                }
            } catch (NumberFormatException e) {
                // falls through to the complaint
            }
            wrong(column + " must be a number from " + least + " to " + most + ", not \"" + text + '"');
            return least;
        }

        /** An amount of money, in hundredths. */
        int cents(String column) {
            double amount = number(column, 0.01, 1e6, Double.NaN);
            if (Double.isNaN(amount)) {
                wrong(column + " is missing");
                return 1;
            }
            return (int) Math.round(amount * 100);
        }

        /** The place of a name in a list of names. */
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
     * @throws RetailException if it is no CSV or lacks a column
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
