package io.freshet.api;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import io.freshet.stage.Condition;
import io.freshet.stage.Expression;
import io.freshet.table.JsonContents;

/**
 * Selects records by an expression (CEL), for those who look at a stream. A record for which the expression cannot be computed
 * does not match. Thread-safe.
 */
final class RecordFilter {

    static final String PARAMETER = "filter";
    private static final JsonFactory JSON = new JsonFactory();

    private final Condition condition;

    private RecordFilter(Condition condition) {
        this.condition = condition;
    }

    /**
     * Compiles an expression.
     *
     * @return empty if the text is missing or blank: then all records match
     * @throws IllegalArgumentException if the expression is not valid, or is no condition
     */
    static Optional<RecordFilter> of(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return Optional.empty();
        }
        Expression expression = Expression.of(text);
        if (!expression.mayBeCondition()) {
            throw new IllegalArgumentException("must be true or false for each record; it is " + expression.type());
        }
        return Optional.of(new RecordFilter(Condition.of(expression)));
    }

    /**
     * As {@link #of}, for a query parameter.
     *
     * @throws ProblemException if the expression is not valid
     */
    static Optional<RecordFilter> ofParameter(@Nullable String text) {
        try {
            return of(text);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(
                    Problem.of(ProblemKind.INVALID_VALUE, PARAMETER, PARAMETER + " " + e.getMessage()));
        }
    }

    /** Returns whether a record, a JSON object, matches. */
    boolean matches(String json) {
        try (JsonParser parser = JSON.createParser(json)) {
            return parser.nextToken() == JsonToken.START_OBJECT && matches(JsonContents.object(parser));
        } catch (IOException e) {
            return false;
        }
    }

    private boolean matches(Map<String, @Nullable Object> record) {
        try {
            return condition.test(record, System.currentTimeMillis());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /**
     * Reduces a message of a followed stream to the records that match.
     *
     * @return the message without the other records; empty if no record matches
     */
    Optional<String> reduce(String message) {
        int start = message.indexOf("\"records\":[");
        int end = message.lastIndexOf(']');
        if (start < 0 || end < start) {
            return Optional.of(message);
        }
        int records = message.indexOf('[', start) + 1;
        StringJoiner matching = new StringJoiner(",");
        matching.setEmptyValue("");
        try (JsonParser parser = JSON.createParser(message.substring(records - 1, end + 1))) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.START_OBJECT) {
                int from = (int) parser.currentTokenLocation().getCharOffset();
                Map<String, @Nullable Object> record = JsonContents.object(parser);
                int to = (int) parser.currentTokenLocation().getCharOffset() + 1;
                if (matches(record)) {
                    matching.add(message.substring(records - 1 + from, records - 1 + to));
                }
            }
        } catch (IOException e) {
            return Optional.empty();
        }
        return matching.length() == 0 ? Optional.empty()
                : Optional.of(message.substring(0, records) + matching + message.substring(end));
    }
}
