package io.freshet.codec;

/** Makes records that cannot be read without a schema. */
public interface SchemaEncoder extends RecordEncoder {

    /** A text as a key of the same format. */
    byte[] key(byte[] text);
}
