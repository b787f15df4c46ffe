package io.freshet.retail;

import java.util.Locale;

import io.freshet.event.Ascii;

/** The loyalty card of a customer. */
public enum Loyalty {
    NONE,
    BRONZE,
    SILVER,
    GOLD;

    private final Ascii text = Ascii.of(name().toLowerCase(Locale.ROOT));

    /** Returns the name of the card in events. */
    public String id() {
        return text.toString();
    }

    /** Returns the name of the card in events, ready to be written. */
    Ascii text() {
        return text;
    }
}
