package io.freshet.model.meaning;

import java.util.Base64;
import java.util.BitSet;

import com.fasterxml.jackson.databind.JsonNode;

/** Encodes the bits of a model file as Base64, least significant bit first. */
final class BitText {

    private BitText() {
    }

    static String of(BitSet bits) {
        return Base64.getEncoder().encodeToString(bits.toByteArray());
    }

    /** @throws IllegalArgumentException if the text is not valid Base64 */
    static BitSet bits(JsonNode file) {
        return BitSet.valueOf(Base64.getDecoder().decode(file.asText()));
    }
}
