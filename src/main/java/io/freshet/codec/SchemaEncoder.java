package io.freshet.codec;

/** Encodes records that cannot be read without a schema. */
public interface SchemaEncoder extends RecordEncoder {

    /**
     * Encodes a key.
     *
     * @param wholeNumber whether the key's schema is that of an integer
     * @throws ArithmeticException if it is, and the text is not a 64-bit integer
     */
    byte[] key(byte[] text, boolean wholeNumber);
}
