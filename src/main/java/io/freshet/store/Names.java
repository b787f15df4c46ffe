package io.freshet.store;

import java.util.regex.Pattern;

/** What models and streams may be called: names that are safe in addresses, file names, topics and labels. */
public final class Names {

    /** A letter or digit, then up to 127 letters, digits, dots, dashes and underscores. */
    public static final String PATTERN = "[A-Za-z0-9][A-Za-z0-9._-]{0,127}";

    private static final Pattern NAME = Pattern.compile(PATTERN);

    private Names() {
    }

    public static boolean isValid(String name) {
        return NAME.matcher(name).matches();
    }
}
