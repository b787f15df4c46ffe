package io.freshet.score;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.writer.CsvWriter;
import io.freshet.stats.Permutation;

/** Splits a CSV file at random into 70 % of its rows to fit and 30 % to compare with. */
final class TableSplit {

    private static final int TENTHS_TO_FIT = 7;

    private TableSplit() {
    }

    /** Writes {@code train.csv} and {@code holdout.csv} into a folder; seed and size alone decide which rows go where. */
    static void write(Path table, Path folder, long seed) throws IOException {
        List<CsvRecord> records;
        try (CsvReader<CsvRecord> reader = CsvReader.builder().ofCsvRecord(table)) {
            records = reader.stream().toList();
        }
        int rows = records.size() - 1;
        int toFit = (int) ((long) rows * TENTHS_TO_FIT / 10);
        Permutation order = Permutation.of(rows, seed);
        try (CsvWriter train = writer(folder.resolve("train.csv")); CsvWriter holdOut = writer(folder.resolve("holdout.csv"))) {
            train.writeRecord(records.get(0).getFields());
            holdOut.writeRecord(records.get(0).getFields());
            for (int i = 0; i < rows; i++) {
                (i < toFit ? train : holdOut).writeRecord(records.get(1 + (int) order.apply(i)).getFields());
            }
        }
    }

    private static CsvWriter writer(Path file) throws IOException {
        return CsvWriter.builder().build(Files.newBufferedWriter(file));
    }
}
