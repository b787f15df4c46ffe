package io.freshet.table;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * The characters of an input in UTF-8, or in UTF-16 with a byte order mark. Anything else is refused with the position of
 * the first byte that is wrong, rather than read as something it is not.
 */
final class DecodedText extends Reader {

    private static final int CHUNK = 1 << 16;

    private final InputStream in;
    private final ByteBuffer bytes = ByteBuffer.allocate(CHUNK).limit(0);
    private final Charset charset;
    private final CharsetDecoder decoder;
    private long consumed;
    private boolean ended;

    /** @throws TableException if it begins like UTF-16 without a byte order mark */
    DecodedText(InputStream in) throws IOException {
        this.in = in;
        fill(4);
        this.charset = charset();
        this.decoder = charset.newDecoder().onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
    }

    private Charset charset() {
        if (startsWith(0xEF, 0xBB, 0xBF)) {
            skip(3);
            return StandardCharsets.UTF_8;
        }
        if (startsWith(0xFE, 0xFF)) {
            skip(2);
            return StandardCharsets.UTF_16BE;
        }
        if (startsWith(0xFF, 0xFE)) {
            skip(2);
            return StandardCharsets.UTF_16LE;
        }
        if (bytes.remaining() > 1 && (bytes.get(0) == 0 || bytes.get(1) == 0)) {
            throw new TableException("the input is not UTF-8 text: byte " + (bytes.get(0) == 0 ? 1 : 2)
                    + " is zero; send UTF-16 with a byte order mark");
        }
        return StandardCharsets.UTF_8;
    }

    private boolean startsWith(int... mark) {
        for (int i = 0; i < mark.length; i++) {
            if (i >= bytes.limit() || (bytes.get(i) & 0xFF) != mark[i]) {
                return false;
            }
        }
        return true;
    }

    private void skip(int count) {
        bytes.position(count);
        consumed = count;
    }

    /** Reads until there are so many bytes, or the input ends. */
    private void fill(int least) throws IOException {
        bytes.compact();
        while (!ended && bytes.position() < least) {
            int read = in.read(bytes.array(), bytes.position(), bytes.remaining());
            ended = read < 0;
            bytes.position(bytes.position() + Math.max(0, read));
        }
        bytes.flip();
    }

    @Override
    public int read(char[] chars, int from, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        CharBuffer out = CharBuffer.wrap(chars, from, length);
        while (out.position() == from) {
            int before = bytes.position();
            CoderResult result = decoder.decode(bytes, out, ended);
            consumed += bytes.position() - before;
            if (result.isError()) {
                throw malformed();
            }
            if (out.position() > from || result.isOverflow()) {
                break;
            }
            if (ended) {
                return -1;
            }
            fill(bytes.remaining() + 1);
        }
        return out.position() - from;
    }

    private TableException malformed() {
        return new TableException("the input is not valid " + charset + ": byte " + (consumed + 1) + " is wrong (0x"
                + Integer.toHexString(bytes.get(bytes.position()) & 0xFF)
                + "); send UTF-8, or UTF-16 with a byte order mark");
    }

    /** Leaves the input open: it belongs to the caller. */
    @Override
    public void close() {
        ended = true;
    }
}
