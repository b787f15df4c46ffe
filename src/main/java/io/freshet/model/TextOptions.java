package io.freshet.model;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import io.freshet.table.ReadOptions;

/**
 * Options that decide how a model makes up identifiers and texts.
 *
 * @param continued whether identifiers that are numbered in sequence continue after the last one of the table: row <i>i</i>
 *        gets
 *        number last + 1 + <i>i</i>
 * @param meanings what the texts of columns mean, by column
 */
public record TextOptions(boolean continued, Map<String, TextMeaning> meanings) {

    private static final String IDENTIFIER = "identifier";
    private static final String TEXT = "text";

    public TextOptions {
        meanings = Map.copyOf(meanings);
    }

    /** Identifiers are new ones in random order, and meanings are recognised. */
    public static TextOptions defaults() {
        return new TextOptions(false, Map.of());
    }

    /**
     * Parses meanings.
     *
     * @param meanings the name of a meaning for each column
     * @throws ConstraintException if a meaning is unknown; the message lists the allowed ones
     */
    public static TextOptions of(boolean continued, Map<String, String> meanings) {
        Map<String, TextMeaning> known = new HashMap<>();
        meanings.forEach((column, id) -> {
            try {
                known.put(column, TextMeaning.of(id));
            } catch (IllegalArgumentException e) {
                throw new ConstraintException("meaning." + column + ": " + e.getMessage());
            }
        });
        return new TextOptions(continued, known);
    }

    public Optional<TextMeaning> meaning(String column) {
        return Optional.ofNullable(meanings.get(column));
    }

    /**
     * Returns options that read columns with a declared meaning as texts.
     *
     * @throws ConstraintException if one of them was declared to be of another type
     */
    public ReadOptions reading(ReadOptions options) {
        Map<String, String> types = new HashMap<>(options.overrides());
        meanings.forEach((column, meaning) -> {
            String given = types.get(column);
            if (meaning.isText() && given != null && !given.equals(IDENTIFIER) && !given.equals(TEXT)) {
                throw new ConstraintException("meaning." + column + "=" + meaning.id() + " cannot be combined with the type "
                        + given + "; expected one of " + IDENTIFIER + ", " + TEXT);
            }
            if (meaning.isText()) {
                types.putIfAbsent(column, meaning == TextMeaning.SENTENCE ? TEXT : IDENTIFIER);
            }
        });
        return options.withOverrides(types);
    }
}
