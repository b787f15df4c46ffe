package io.freshet.codec;

import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

/** Encodes records as JSON whose schema is in a registry. */
final class RegisteredJsonEncoder implements SchemaEncoder {

    private final JsonEncoder json = new JsonEncoder();

    /** The schema that rows were declared with has no place for metadata. */
    @Override
    public void encode(RecordBatch batch, @Nullable BatchMetadata metadata, EncodedRecords into) {
        boolean declared = batch instanceof RecordBatch.Rows rows
                && rows.rows().schema().records(BinaryFormat.JSON_SCHEMA.id()).isPresent();
        json.encode(batch, declared ? null : metadata, into);
    }

    @Override
    public byte[] key(byte[] text, boolean wholeNumber) {
        return wholeNumber ? Long.toString(KeyEncoder.wholeNumber(text)).getBytes(StandardCharsets.UTF_8)
                : JsonText.quoted(new String(text, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
    }
}
