package io.freshet.table;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;

/** Explains to clients why a text is not valid JSON, without class names and without the contents of the text. */
public final class JsonErrors {

    private JsonErrors() {
    }

    /** @return the reason and the place, such as {@code unexpected end (line 1, column 7)} */
    public static String reason(JsonProcessingException e) {
        JsonLocation at = e.getLocation();
        String place = at == null || at.getLineNr() < 1 ? ""
                : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")";
        return cause(e) + place;
    }

    /** @return the reason alone, for callers that state the place themselves */
    public static String cause(JsonProcessingException e) {
        if (e instanceof StreamConstraintsException) {
            return "it is nested too deeply, or has a string or number that is too long";
        }
        String message = String.valueOf(e.getOriginalMessage());
        if (message.startsWith("Unexpected end-of-input") || message.startsWith("No content")) {
            return "unexpected end";
        }
        // the library continues with the start of the structure, in terms of its own classes
        int detail = message.indexOf(" (start marker");
        String brief = detail < 0 ? message : message.substring(0, detail);
        if (brief.startsWith("Non-standard token")) {
            return brief.replaceAll(": enable .*", " is not valid JSON");
        }
        if (brief.startsWith("Trailing token")) {
            return "unexpected content after the end";
        }
        return brief.contains("`") || brief.contains("com.fasterxml") ? "it has an unexpected structure" : brief;
    }
}
