package io.freshet.api;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import jakarta.ws.rs.QueryParam;

import org.jspecify.annotations.Nullable;

import io.freshet.table.ReadOptions;
import io.freshet.table.ReadSettings;

/** Query parameters that declare the format of a request body; what they omit is detected. */
public class ReadingParameters {

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
        Map<String, String> given = new HashMap<>();
        put(given, "separator", separator);
        put(given, "header", header);
        put(given, "quote", quote);
        put(given, "comment", comment);
        put(given, "escape", escape);
        put(given, "skip", skip);
        put(given, "decimal", decimal);
        put(given, "charset", charset);
        try {
            return ReadSettings.apply(given, base).withColumns(columns == null ? List.of() : List.of(columns.split(",")))
                    .withSheet(sheet == null ? "" : sheet);
        } catch (ReadSettings.InvalidException e) {
            throw new ProblemException(Problem.of(422, e.setting(), String.valueOf(e.getMessage())));
        }
    }

    private static void put(Map<String, String> given, String name, @Nullable Object value) {
        if (value != null) {
            given.put(name, value.toString());
        }
    }
}
