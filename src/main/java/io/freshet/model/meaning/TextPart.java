package io.freshet.model.meaning;

/** A part of a {@link TextForm}: writes its share of a text. Immutable. */
sealed interface TextPart permits Reference, TextPart.Free, CountedPart, Prose, PlacePart, SequencePart {

    /** Writes a random text of this part. */
    void write(RowTexts row, StringBuilder out);

    /** Returns the number of different texts, at most {@link #MANY}; 1 if the row determines the text. */
    default double variety() {
        return 1;
    }

    /** A number of texts so large that the exact figure is irrelevant. */
    double MANY = 1e18;

    /** A part that is drawn from shares or lists. */
    sealed interface Free extends TextPart permits Choice, ListWord, ChainWord {
    }
}
