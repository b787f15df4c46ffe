package io.freshet.model.meaning;

/**
 * A word from one of the built-in lists.
 *
 * @param ascii whether the word is written without accents, as in e-mail addresses
 */
record ListWord(WordList list, WordCase wordCase, boolean ascii) implements TextPart.Free {

    @Override
    public void write(RowTexts row, StringBuilder out) {
        String word = list.words().get((int) row.below(list.words().size()));
        out.append(wordCase.apply(ascii ? TextChange.FOLDED.apply(word) : word));
    }

    @Override
    public double variety() {
        return list.words().size();
    }
}
