package io.freshet.table;

import java.io.Writer;

/** Collects a text up to a length. */
final class LimitedWriter extends Writer {

    private final StringBuilder text = new StringBuilder();
    private final int mostCharacters;
    private final String what;

    /** @param what the text is, for the message when it is too long */
    LimitedWriter(int mostCharacters, String what) {
        this.mostCharacters = mostCharacters;
        this.what = what;
    }

    @Override
    public void write(char[] chars, int from, int length) {
        if (text.length() + length > mostCharacters) {
            throw new TableException(what + " has more than " + mostCharacters + " characters");
        }
        text.append(chars, from, length);
    }

    @Override
    public String toString() {
        return text.toString();
    }

    @Override
    public void flush() {
        // nothing is held back
    }

    @Override
    public void close() {
        // nothing to close
    }
}
