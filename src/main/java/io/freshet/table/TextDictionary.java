package io.freshet.table;

import java.util.List;

/** A dictionary of texts. */
public final class TextDictionary implements Dictionary {

    private final List<String> texts;

    private TextDictionary(List<String> texts) {
        this.texts = texts;
    }

    /** Creates a dictionary in which code <i>i</i> denotes {@code texts.get(i)}. */
    public static TextDictionary of(List<String> texts) {
        return new TextDictionary(List.copyOf(texts));
    }

    @Override
    public int size() {
        return texts.size();
    }

    public String text(int code) {
        return texts.get(code);
    }

    public List<String> texts() {
        return texts;
    }

    /** Returns the code of a text, or -1; takes linear time. */
    public int codeOf(String text) {
        return texts.indexOf(text);
    }
}
