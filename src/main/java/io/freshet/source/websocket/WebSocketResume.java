package io.freshet.source.websocket;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.JsonNode;

/**
 * The request that a feed receives after a connection was lost: text with a placeholder such as <code>${id}</code> or
 * <code>${header.offset}</code>, which is replaced by that field of the last record.
 */
public final class WebSocketResume {

    private static final Pattern PLACE = Pattern.compile("\\$\\{([^}/~]+)}");

    private final String template;
    private final String place;
    private final JsonPointer field;

    private WebSocketResume(String template, String place, JsonPointer field) {
        this.template = template;
        this.place = place;
        this.field = field;
    }

    /** @throws IllegalArgumentException if there is no placeholder, or there are two different ones */
    public static WebSocketResume of(String template) {
        Matcher places = PLACE.matcher(template);
        if (!places.find()) {
            throw new IllegalArgumentException("must have a placeholder such as ${id} for a field of the last record");
        }
        String place = places.group();
        String field = places.group(1);
        while (places.find()) {
            if (!places.group().equals(place)) {
                throw new IllegalArgumentException("must have placeholders for one field only");
            }
        }
        return new WebSocketResume(template, place, JsonPointer.compile("/" + field.replace('.', '/')));
    }

    /** Returns what is remembered of a record; empty if it lacks the field. */
    String mark(JsonNode record) {
        return record.at(field).asText();
    }

    /** Returns the message that requests the records after a given one. The value is escaped as in a JSON string. */
    String message(String mark) {
        return template.replace(place, new String(JsonStringEncoder.getInstance().quoteAsString(mark)));
    }
}
