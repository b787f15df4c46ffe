package io.freshet.api;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;

import jakarta.ws.rs.core.MediaType;

import io.freshet.table.ReadOptions;
import io.freshet.table.TableFormat;

/**
 * What the headers of a request say about the table in its body.
 *
 * @param charset UTF-8 if none is given
 */
record TableBody(TableFormat format, Charset charset) {

    private static final int UNSUPPORTED = 415;

    /** @throws ProblemException if the charset is not supported */
    static TableBody of(String contentType) {
        String charset = MediaType.valueOf(contentType).getParameters().get(MediaType.CHARSET_PARAMETER);
        ReadOptions defaults = ReadOptions.defaults();
        try {
            return new TableBody(TableFormat.ofMediaType(contentType).orElse(TableFormat.JSON),
                    charset == null ? defaults.charset() : Charset.forName(charset));
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            throw new ProblemException(Problem.of(UNSUPPORTED, "Content-Type", "charset " + charset + " is not supported"));
        }
    }

    ReadOptions options(ReadOptions base) {
        return base.withCharset(charset);
    }
}
