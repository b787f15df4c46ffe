package io.freshet.table;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.freshet.table.ColumnBuilder.Kind;

/** Feeds a {@link TableBuilder} from CSV with a header line. */
final class CsvRows {

    private static final int HEAD = 1 << 16;
    private static final int LONGEST_FIELD = 1 << 20;
    private static final char[] SEPARATORS = { ',', ';', '\t', '|' };

    private CsvRows() {
    }

    static void read(InputStream in, TableBuilder table, ReadOptions options) throws IOException {
        BufferedReader reader = new BufferedReader(decoded(in), HEAD);
        try {
            char separator = separator(reader);
            CsvReader<CsvRecord> records = CsvReader.builder().fieldSeparator(separator).maxBufferSize(LONGEST_FIELD)
                    .allowMissingFields(true).allowExtraFields(true)
                    .ofCsvRecord(reader);
            List<ColumnBuilder> columns = new ArrayList<>();
            for (CsvRecord record : records) {
                if (columns.isEmpty()) {
                    header(record, table, columns);
                } else {
                    row(record, table, columns, options.missingMarkers());
                }
            }
        } catch (CsvParseException e) {
            throw new TableException("the CSV cannot be read after row " + table.rows() + ": " + reason(e));
        } catch (UncheckedIOException e) {
            throw encodingOr(e, table);
        } catch (CharacterCodingException e) {
            throw encodingOr(e, table);
        }
    }

    private static String reason(Throwable e) {
        Throwable cause = e.getCause();
        return cause instanceof CharacterCodingException ? "it is not valid UTF-8" : String.valueOf(e.getMessage());
    }

    private static TableException encodingOr(Exception e, TableBuilder table) throws IOException {
        if (e instanceof CharacterCodingException || e.getCause() instanceof CharacterCodingException) {
            return new TableException("the text is not valid UTF-8, shortly after row " + table.rows()
                    + "; send it as UTF-8, or as UTF-16 with a byte order mark");
        }
        throw e instanceof IOException io ? io : new IOException(e.getMessage(), e);
    }

    static Reader decoded(InputStream in) throws IOException {
        in.mark(4);
        int first = in.read();
        int second = in.read();
        int third = in.read();
        in.reset();
        Charset charset = StandardCharsets.UTF_8;
        if (first == 0xEF && second == 0xBB && third == 0xBF) {
            in.skipNBytes(3);
        } else if (first == 0xFE && second == 0xFF || first == 0xFF && second == 0xFE) {
            charset = StandardCharsets.UTF_16;
        }
        return new InputStreamReader(in, charset.newDecoder().onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT));
    }

    /** The separator that occurs most in the header line, outside quotes. */
    private static char separator(BufferedReader reader) throws IOException {
        char[] head = new char[HEAD / 2];
        reader.mark(head.length + 1);
        int length = reader.read(head);
        reader.reset();
        int[] counts = new int[SEPARATORS.length];
        boolean quoted = false;
        for (int i = 0; i < length && (quoted || head[i] != '\n' && head[i] != '\r'); i++) {
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

    private static void header(CsvRecord record, TableBuilder table, List<ColumnBuilder> columns) {
        Set<String> names = new HashSet<>();
        for (String field : record.getFields()) {
            String name = field.strip();
            if (!names.add(name)) {
                throw new TableException("the header names the column " + name + " twice");
            }
            columns.add(table.column(name));
        }
    }

    private static void row(CsvRecord record, TableBuilder table, List<ColumnBuilder> columns, Set<String> markers) {
        int fields = record.getFieldCount();
        if (fields == 1 && columns.size() > 1 && record.getField(0).isBlank()) {
            return;
        }
        if (fields != columns.size()) {
            throw new TableException("line " + record.getStartingLineNumber() + " has " + fields + " fields; the header has "
                    + columns.size());
        }
        table.beginRow();
        for (int i = 0; i < fields; i++) {
            String text = record.getField(i).strip();
            if (!markers.contains(text)) {
                table.put(columns.get(i), text, Kind.UNTYPED);
            }
        }
    }
}
