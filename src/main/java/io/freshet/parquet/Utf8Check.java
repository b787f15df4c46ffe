package io.freshet.parquet;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Checks whether bytes are valid UTF-8 text. */
final class Utf8Check {

    private Utf8Check() {
    }

    static boolean isValid(byte[] bytes, int length) {
        int ascii = 0;
        while (ascii < length && bytes[ascii] >= 0) {
            ascii++;
        }
        if (ascii == length) {
            return true;
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, ascii, length - ascii));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
