package io.freshet.model;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What the texts of a column mean, if the owner of the table declares it. */
public enum TextMeaning {
    /** Only the form of the texts counts, whatever their words and the name of the column suggest. */
    NONE,
    FIRST_NAME,
    LAST_NAME,
    NAME,
    USERNAME,
    EMAIL,
    PHONE,
    STREET,
    CITY,
    STATE,
    STATE_CODE,
    POSTAL_CODE,
    COUNTRY,
    COUNTRY_CODE,
    LATITUDE,
    LONGITUDE,
    COMPANY,
    HOSTNAME,
    URL,
    IPV4,
    IPV6,
    MAC,
    UUID,
    IBAN,
    CARD_NUMBER,
    EAN,
    ISBN,
    VIN,
    SENTENCE;

    /**
     * Returns the meaning of this name.
     *
     * @throws IllegalArgumentException if there is none; the message lists the allowed ones
     */
    public static TextMeaning of(String id) {
        return Arrays.stream(values()).filter(meaning -> meaning.id().equals(id)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "unknown meaning " + id + "; expected one of " + String.join(", ", ids())));
    }

    /** Returns the names that users write. */
    public static List<String> ids() {
        return Arrays.stream(values()).map(TextMeaning::id).toList();
    }

    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns whether the values are texts, so that even numbers of this meaning are read as texts. */
    public boolean isText() {
        return this != NONE && this != LATITUDE && this != LONGITUDE;
    }
}
