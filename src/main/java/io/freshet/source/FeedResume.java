package io.freshet.source;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.JsonNode;

/**
 * What a feed is asked for after a connection was lost: a text with a place such as <code>${id}</code> or
 * <code>${header.offset}</code>, into which goes that field of the last record that was seen.
 */
public final class FeedResume {

    private static final Pattern PLACE = Pattern.compile("\\$\\{([^}/~]+)}");

    private final String template;
    private final String place;
    private final JsonPointer field;

    private FeedResume(String template, String place, JsonPointer field) {
        this.template = template;
        this.place = place;
        this.field = field;
    }

    /**
     * @throws IllegalArgumentException if there is no such place, or there are two different ones
     */
    public static FeedResume of(String template) {
        Matcher places = PLACE.matcher(template);
        if (!places.find()) {
            throw new IllegalArgumentException("must have a place such as ${id} for a field of the last record");
        }
        String place = places.group();
        String field = places.group(1);
        while (places.find()) {
            if (!places.group().equals(place)) {
                throw new IllegalArgumentException("must have places for one field only");
            }
        }
        return new FeedResume(template, place, JsonPointer.compile("/" + field.replace('.', '/')));
    }

    /** What is to be remembered of a record; empty if it lacks the field. */
    String mark(JsonNode record) {
        return record.at(field).asText();
    }

    /** The message that asks for what comes after a record; the value is written as inside a JSON text. */
    String message(String mark) {
        return template.replace(place, new String(JsonStringEncoder.getInstance().quoteAsString(mark)));
    }
}
