package io.freshet.model.meaning;

import org.jspecify.annotations.Nullable;

/**
 * The text of another column of the row, or one word of it.
 *
 * @param word the position of the word, counted from 0; {@link #LAST} for the last word, {@link #ALL} for the whole text
 */
record Reference(int column, int word, TextChange change) implements TextPart {

    static final int ALL = -1;
    static final int LAST = -2;

    @Override
    public void write(RowTexts row, StringBuilder out) {
        String source = row.text(column);
        if (source != null) {
            out.append(of(source));
        }
    }

    String of(String source) {
        String part = word == ALL ? source : word(source);
        return part == null ? "" : change.apply(part);
    }

    private @Nullable String word(String source) {
        int from = 0;
        if (word == LAST) {
            from = source.lastIndexOf(' ') + 1;
            return from == 0 ? null : source.substring(from);
        }
        for (int i = 0; i < word && from >= 0; i++) {
            from = source.indexOf(' ', from) + 1;
            if (from == 0) {
                return null;
            }
        }
        int to = source.indexOf(' ', from);
        return to < 0 ? null : source.substring(from, to);
    }
}
