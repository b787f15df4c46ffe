package io.freshet.table;

import java.io.Writer;

/** Collects text up to a maximum length. */
final class LimitedWriter extends Writer {

    private final StringBuilder text = new StringBuilder();
    private final int maxCharacters;
    private final String what;

    /** @param what names the text in the message when it is too long */
    LimitedWriter(int maxCharacters, String what) {
        this.maxCharacters = maxCharacters;
        this.what = what;
    }

    @Override
    public void write(char[] chars, int from, int length) {
        if (text.length() + length > maxCharacters) {
            throw new TableException(what + " has more than " + maxCharacters + " characters");
        }
        text.append(chars, from, length);
    }

    @Override
    public String toString() {
        return text.toString();
    }

    @Override
    public void flush() {
        // nothing is buffered
    }

    @Override
    public void close() {
        // nothing to close
    }
}
