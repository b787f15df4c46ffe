package io.freshet.model.meaning;

import org.jspecify.annotations.Nullable;

/** A part whose texts are numbered: different numbers give different texts. */
sealed interface CountedPart extends TextPart permits NumberPart, LettersPart {

    /** Returns the number of different texts. */
    long size();

    /** Writes the text with this number, which is below {@link #size}. */
    void write(long number, StringBuilder out);

    /** Returns the number of a text, or −1 if this part cannot produce the text. */
    long numberOf(String text);

    /**
     * Writes a longer text, for use after every text has been used.
     *
     * @param cycle how many times all numbers have been used before, at least 1
     */
    void writeLonger(long number, long cycle, StringBuilder out);

    /** Returns a part of the same look with more texts, or null if it cannot grow. */
    @Nullable
    CountedPart widened();

    @Override
    default void write(RowTexts row, StringBuilder out) {
        write(row.below(size()), out);
    }

    @Override
    default double variety() {
        return size();
    }
}
