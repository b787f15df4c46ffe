package io.freshet.store;

import java.util.regex.Pattern;

/** Checks the names of models and streams: valid names are safe in URLs, file names, topics and labels. */
public final class Names {

    /** A letter or digit, followed by up to 127 letters, digits, dots, hyphens and underscores. */
    public static final String PATTERN = "[A-Za-z0-9][A-Za-z0-9._-]{0,127}";

    private static final Pattern NAME = Pattern.compile(PATTERN);

    private Names() {
    }

    public static boolean isValid(String name) {
        return NAME.matcher(name).matches();
    }
}
