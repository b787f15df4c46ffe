package io.freshet.table;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.UncheckedIOException;

import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;

/** Feeds a {@link TableBuilder} from CSV in the layout that the {@link CsvSniffer} detects. */
final class CsvRows {

    static final int MAX_FIELD_LENGTH = 1 << 20;
    private static final int HEAD = 1 << 16;

    private CsvRows() {
    }

    static void read(InputStream in, TableBuilder table, ReadOptions options) throws IOException {
        BufferedReader reader = new BufferedReader(text(in, options), HEAD);
        try {
            CsvLayout layout = layout(reader, options.csv());
            if (layout.separator() == ';') {
                table.assumeDecimal(',');
            }
            layout.notices().forEach(table::addNotice);
            CsvReader<Boolean> records = parser(layout).build(new CsvFields(table, options.missingMarkers(), layout), reader);
            // the handler reads the fields while the records are parsed
            records.forEach(record -> {
            });
        } catch (CsvParseException | UncheckedIOException e) {
            throw explained(e, options.csv());
        }
    }

    private static Reader text(InputStream in, ReadOptions options) throws IOException {
        Reader text = new DecodedText(in, options.charset());
        Character escape = options.csv().escape();
        return escape == null ? text : new UnescapedText(text, escape, options.csv().quoteOr('"'));
    }

    private static CsvReader.CsvReaderBuilder parser(CsvLayout layout) {
        CsvReader.CsvReaderBuilder parser = CsvReader.builder().fieldSeparator(layout.separator())
                .quoteCharacter(layout.quote()).maxBufferSize(MAX_FIELD_LENGTH).trimWhitespacesAroundQuotes(layout.padded())
                .allowMissingFields(true).allowExtraFields(true).allowUnclosedQuote(false);
        Character comment = layout.comment();
        return comment == null ? parser : parser.commentStrategy(CommentStrategy.SKIP).commentCharacter(comment);
    }

    private static TableException explained(RuntimeException e, CsvOptions options) throws IOException {
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
        boolean quoted = options.escape() == null && String.valueOf(e.getMessage()).contains("closing quote");
        return new TableException("the CSV cannot be read: " + e.getMessage()
                + (quoted ? "; if the file writes a quote in a text as \\\", pass escape=\\" : ""));
    }

    private static CsvLayout layout(BufferedReader reader, CsvOptions options) throws IOException {
        char[] head = new char[HEAD];
        reader.mark(head.length + 1);
        int length = 0;
        int read = 0;
        while (read >= 0 && length < head.length) {
            length += read;
            read = reader.read(head, length, head.length - length);
        }
        reader.reset();
        CsvLayout layout = CsvSniffer.layout(head, length, read < 0, options);
        for (long skipped = 0; skipped < layout.start();) {
            skipped += reader.skip(layout.start() - skipped);
        }
        return layout;
    }
}
