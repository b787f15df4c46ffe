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
 * Decodes an input in UTF-8, or in UTF-16 with a byte order mark. Anything else is rejected with the position of the first
 * invalid byte, rather than decoded wrongly.
 */
final class DecodedText extends Reader {

    private static final int CHUNK = 1 << 16;

    private final InputStream in;
    private final ByteBuffer bytes = ByteBuffer.allocate(CHUNK).limit(0);
    private final Charset charset;
    private final CharsetDecoder decoder;
    private long consumed;
    private boolean ended;

    /**
     * @param declared the declared charset of the input; a byte order mark takes precedence
     * @throws TableException if the input is an archive, or begins like UTF-16 without a byte order mark
     */
    DecodedText(InputStream in, Charset declared) throws IOException {
        this.in = in;
        fill(4);
        checkNoArchive();
        this.charset = charset(declared);
        this.decoder = charset.newDecoder().onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
    }

    private void checkNoArchive() {
        if (startsWith('P', 'K', 3, 4)) {
            throw new TableException("the input is a ZIP file (an Excel workbook is one); send the table as CSV or JSON");
        }
        if (startsWith('P', 'A', 'R', '1')) {
            throw new TableException("the input is a Parquet file; send it with the media type "
                    + TableFormat.PARQUET.mediaType() + ", or name it .parquet");
        }
    }

    private Charset charset(Charset declared) throws IOException {
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
        if (!declared.equals(StandardCharsets.UTF_8)) {
            // clients add a charset of their own accord that does not match the bytes
            fill(CHUNK);
            return isUtf8() ? StandardCharsets.UTF_8 : declared;
        }
        if (bytes.remaining() > 1 && (bytes.get(0) == 0 || bytes.get(1) == 0)) {
            throw new TableException("the input is not UTF-8 text: byte " + (bytes.get(0) == 0 ? 1 : 2)
                    + " is zero; send UTF-16 with a byte order mark");
        }
        return StandardCharsets.UTF_8;
    }

    /**
     * Returns whether the first bytes contain characters beyond ASCII and are valid UTF-8, which hardly any text in another
     * charset is.
     */
    private boolean isUtf8() {
        ByteBuffer start = bytes.duplicate();
        boolean ascii = true;
        for (int i = start.position(); i < start.limit(); i++) {
            ascii &= start.get(i) >= 0;
        }
        CharsetDecoder utf8 = StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT);
        return !ascii && !utf8.decode(start, CharBuffer.allocate(start.remaining()), false).isError();
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

    /** Reads until there are enough bytes, or the input ends. */
    private void fill(int min) throws IOException {
        bytes.compact();
        while (!ended && bytes.position() < min) {
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
        return new TableException("the input is not valid " + charset + ": byte " + (consumed + 1) + " is invalid (0x"
                + Integer.toHexString(bytes.get(bytes.position()) & 0xFF)
                + "); send UTF-8, UTF-16 with a byte order mark, or name the charset in the Content-Type");
    }

    /** Leaves the input open, because it belongs to the caller. */
    @Override
    public void close() {
        ended = true;
    }
}
