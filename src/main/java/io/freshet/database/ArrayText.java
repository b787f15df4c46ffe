package io.freshet.database;

import java.util.regex.Pattern;

/** Converts arrays from the notation of PostgreSQL, such as {@code {1,NULL,"a b"}}, to JSON. */
final class ArrayText {

    private static final Pattern BARE = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");

    private final String text;
    private final QueryType type;
    private final StringBuilder json = new StringBuilder();
    private int at;

    private ArrayText(String text, QueryType type) {
        this.text = text;
        this.type = type;
    }

    /** @param type the type of the array */
    static String toJson(String text, QueryType type) {
        // bounds other than 1 come first: [0:1]={1,2}
        ArrayText array = new ArrayText(text.substring(text.indexOf('{')), type);
        while (array.at < array.text.length()) {
            array.next();
        }
        return array.json.toString();
    }

    private void next() {
        char c = text.charAt(at);
        switch (c) {
            case '{' -> structure('[');
            case '}' -> structure(']');
            case ',' -> structure(',');
            case '"' -> quoted();
            default -> bare();
        }
    }

    private void structure(char c) {
        json.append(c);
        at++;
    }

    private void quoted() {
        StringBuilder value = new StringBuilder();
        for (at++; text.charAt(at) != '"'; at++) {
            at += text.charAt(at) == '\\' ? 1 : 0;
            value.append(text.charAt(at));
        }
        at++;
        append(value);
    }

    private void bare() {
        int start = at;
        while (",}".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        String value = text.substring(start, at);
        if (value.equals("NULL")) {
            json.append("null");
        } else if (type == QueryType.BOOLEANS) {
            json.append(value.equals("t"));
        } else if (type == QueryType.NUMBERS && BARE.matcher(value).matches()) {
            json.append(value);
        } else {
            append(value);
        }
    }

    private void append(CharSequence value) {
        json.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ') {
                json.append(String.format("\\u%04x", (int) c));
            } else {
                json.append(c);
            }
        }
        json.append('"');
    }
}
