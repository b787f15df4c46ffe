package io.freshet.retail;

import java.util.Locale;

import io.freshet.event.Ascii;

/** What card a customer has. */
public enum Loyalty {
    NONE,
    BRONZE,
    SILVER,
    GOLD;

    private final Ascii text = Ascii.of(name().toLowerCase(Locale.ROOT));

    /** The name in events. */
    public String id() {
        return text.toString();
    }

    /** The same, ready to be written. */
    Ascii text() {
        return text;
    }
}
