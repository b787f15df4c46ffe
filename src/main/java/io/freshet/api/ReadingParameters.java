package io.freshet.api;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.List;
import java.util.Map;

import jakarta.ws.rs.QueryParam;

import org.jspecify.annotations.Nullable;

import io.freshet.table.CsvOptions;
import io.freshet.table.ReadOptions;
import io.freshet.table.TableException;

/** Query parameters that declare the format of a request body; what they omit is detected. */
public class ReadingParameters {

    private static final Map<String, String> SEPARATOR_NAMES = Map.of("tab", "\t", "\\t", "\t", "comma", ",", "semicolon", ";",
            "pipe", "|", "space", " ");
    private static final String NONE = "none";

    @QueryParam("separator")
    @Nullable
    String separator;

    @QueryParam("header")
    @Nullable
    Boolean header;

    @QueryParam("quote")
    @Nullable
    String quote;

    @QueryParam("comment")
    @Nullable
    String comment;

    @QueryParam("escape")
    @Nullable
    String escape;

    @QueryParam("skip")
    @Nullable
    Integer skip;

    @QueryParam("decimal")
    @Nullable
    String decimal;

    @QueryParam("charset")
    @Nullable
    String charset;

    @QueryParam("columns")
    @Nullable
    String columns;

    @QueryParam("sheet")
    @Nullable
    String sheet;

    /** Reads the parameters of a query that was checked when it was first made. */
    static ReadingParameters of(Map<String, List<String>> query) {
        ReadingParameters parameters = new ReadingParameters();
        String header = FitParameters.first(query, "header");
        String skip = FitParameters.first(query, "skip");
        parameters.separator = FitParameters.first(query, "separator");
        parameters.header = header == null ? null : Boolean.valueOf(header);
        parameters.quote = FitParameters.first(query, "quote");
        parameters.comment = FitParameters.first(query, "comment");
        parameters.escape = FitParameters.first(query, "escape");
        parameters.skip = skip == null ? null : Integer.valueOf(skip);
        parameters.decimal = FitParameters.first(query, "decimal");
        parameters.charset = FitParameters.first(query, "charset");
        parameters.columns = FitParameters.first(query, "columns");
        parameters.sheet = FitParameters.first(query, "sheet");
        return parameters;
    }

    /** @throws ProblemException if one of them is invalid */
    ReadOptions options(ReadOptions base) {
        ReadOptions options = withDecimal(base.withCsv(layout()))
                .withColumns(columns == null ? List.of() : List.of(columns.split(",")))
                .withSheet(sheet == null ? "" : sheet);
        if (charset == null) {
            return options;
        }
        try {
            return options.withCharset(Charset.forName(charset));
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            throw wrong("charset", "charset " + charset + " is not supported");
        }
    }

    private ReadOptions withDecimal(ReadOptions options) {
        Character mark = character("decimal", decimal);
        try {
            return mark == null ? options : options.withNumbers(options.numbers().withDecimal(mark));
        } catch (TableException e) {
            throw wrong("decimal", String.valueOf(e.getMessage()));
        }
    }

    private CsvOptions layout() {
        String separating = separator == null ? null : SEPARATOR_NAMES.getOrDefault(separator, separator);
        Character quoting = NONE.equals(quote) ? Character.valueOf(CsvOptions.NO_QUOTE) : character("quote", quote);
        try {
            return new CsvOptions(character("separator", separating), header, quoting, character("comment", comment),
                    skip == null ? 0 : skip, character("escape", escape));
        } catch (TableException e) {
            throw wrong(skip != null && skip < 0 ? "skip" : "separator", String.valueOf(e.getMessage()));
        }
    }

    private static @Nullable Character character(String field, @Nullable String text) {
        if (text == null) {
            return null;
        }
        if (text.length() != 1 || text.charAt(0) == '\n' || text.charAt(0) == '\r') {
            throw wrong(field, field + " must be one character, not \"" + text + "\"");
        }
        return text.charAt(0);
    }

    private static ProblemException wrong(String field, String detail) {
        return new ProblemException(Problem.of(422, field, detail));
    }
}
