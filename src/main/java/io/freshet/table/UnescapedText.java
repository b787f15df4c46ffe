package io.freshet.table;

import java.io.IOException;
import java.io.Reader;

/** Text in which quotes are escaped with a character such as a backslash, with each such quote doubled instead. */
final class UnescapedText extends Reader {

    private static final int END = -1;

    private final Reader in;
    private final char escape;
    private final char quote;
    /** The second half of a doubled quote, or {@link #END}. */
    private int pending = END;
    /** What was read after an escape that escapes nothing, or {@link #END}. */
    private int ahead = END;

    UnescapedText(Reader in, char escape, char quote) {
        this.in = in;
        this.escape = escape;
        this.quote = quote;
    }

    @Override
    public int read() throws IOException {
        if (pending != END) {
            int second = pending;
            pending = END;
            return second;
        }
        int c = ahead != END ? ahead : in.read();
        ahead = END;
        if (c != escape) {
            return c;
        }
        int escaped = in.read();
        if (escaped == quote) {
            pending = quote;
            return quote;
        }
        ahead = escaped == escape ? END : escaped;
        return escape;
    }

    @Override
    public int read(char[] into, int from, int length) throws IOException {
        int read = 0;
        while (read < length) {
            int c = read();
            if (c == END) {
                return read == 0 && length > 0 ? END : read;
            }
            into[from + read++] = (char) c;
        }
        return read;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
