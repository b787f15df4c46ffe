package io.freshet.table;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;

/** Feeds a {@link TableBuilder} from CSV with a header line. The separator is the one that the header uses most. */
final class CsvRows {

    static final int LONGEST_FIELD = 1 << 20;
    private static final int HEAD = 1 << 16;
    private static final char[] SEPARATORS = { ',', ';', '\t', '|' };

    private CsvRows() {
    }

    static void read(InputStream in, TableBuilder table, ReadOptions options) throws IOException {
        BufferedReader reader = new BufferedReader(new DecodedText(in), HEAD);
        try {
            CsvReader<Boolean> records = CsvReader.builder().fieldSeparator(separator(reader)).maxBufferSize(LONGEST_FIELD)
                    .allowMissingFields(true).allowExtraFields(true).allowUnclosedQuote(false)
                    .build(new CsvFields(table, options.missingMarkers()), reader);
            // the fields are taken while the records are parsed
            records.forEach(record -> {
            });
        } catch (CsvParseException | UncheckedIOException e) {
            throw explained(e);
        }
    }

    private static TableException explained(RuntimeException e) throws IOException {
        Throwable cause = e;
        while (cause != null) {
            if (cause instanceof TableException refused) {
                return refused;
            }
            if (cause instanceof Error error) {
                throw error;
            }
            if (cause.getCause() == null && cause instanceof IOException io && !(e instanceof CsvParseException)) {
                throw io;
            }
            cause = cause.getCause();
        }
        return new TableException("the CSV cannot be read: " + e.getMessage());
    }

    /** The separator that occurs most in the first line that is not blank, outside quotes. */
    private static char separator(BufferedReader reader) throws IOException {
        char[] head = new char[HEAD / 2];
        reader.mark(head.length + 1);
        int length = 0;
        for (int read = 0; read >= 0 && length < head.length; read = reader.read(head, length, head.length - length)) {
            length += read;
        }
        reader.reset();
        int[] counts = new int[SEPARATORS.length];
        boolean quoted = false;
        boolean begun = false;
        for (int i = 0; i < length && (quoted || !begun || head[i] != '\n' && head[i] != '\r'); i++) {
            begun |= head[i] != '\n' && head[i] != '\r';
            quoted ^= head[i] == '"';
            for (int s = 0; s < SEPARATORS.length && !quoted; s++) {
                counts[s] += head[i] == SEPARATORS[s] ? 1 : 0;
            }
        }
        int most = 0;
        for (int s = 1; s < SEPARATORS.length; s++) {
            most = counts[s] > counts[most] ? s : most;
        }
        return SEPARATORS[most];
    }
}
