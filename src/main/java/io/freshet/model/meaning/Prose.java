package io.freshet.model.meaning;

/**
 * Sentences that are clearly invented. Words that many rows share appear as often as in the column, among meaningless words
 * that look like those of the column.
 *
 * @param words the number of words per text, with the share of each number
 * @param common the words that many rows share
 * @param commonShare the share of common words
 * @param made generates the other words
 * @param capital whether texts begin with a capital
 * @param end the end of each text, such as a full stop; may be empty
 */
record Prose(Choice words, Choice common, double commonShare, ChainWord made, boolean capital, String end)
        implements
            TextPart {

    @Override
    public void write(RowTexts row, StringBuilder out) {
        int count = Integer.parseInt(words.texts().get(Choice.place(words.bounds(), row.uniform())));
        int from = out.length();
        for (int i = 0; i < count; i++) {
            if (i > 0) {
                out.append(' ');
            }
            (row.uniform() < commonShare ? common : made).write(row, out);
        }
        if (capital && out.length() > from) {
            out.setCharAt(from, Character.toUpperCase(out.charAt(from)));
        }
        out.append(end);
    }

    @Override
    public double variety() {
        return MANY;
    }
}
