package io.freshet.model.meaning;

import org.jspecify.annotations.Nullable;

/**
 * A run of characters of one kind.
 *
 * @param reference the source of the text, for a {@link Kind#REFERENCE}
 */
record Token(Kind kind, String text, @Nullable Reference reference) {

    /** The kind of characters in a run. */
    enum Kind {
        DIGITS,
        LETTERS,
        /** Digits and letters in any order. */
        MIXED,
        /** The domain of an e-mail address or a URL. */
        DOMAIN,
        REFERENCE,
        /** Any other characters, taken literally. */
        LITERAL
    }

    static Token of(Kind kind, String text) {
        return new Token(kind, text, null);
    }

    /** Returns the signature that all texts of one form share. */
    String signature() {
        return kind == Kind.LITERAL ? "\u0000" + text
                : kind == Kind.REFERENCE ? "\u0001" + reference
                        : kind == Kind.MIXED ? "M" + text.length() + "\u0002" : kind.name().substring(0, 2) + "\u0002";
    }
}
