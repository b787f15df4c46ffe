package io.freshet.protobuf;

/** Thrown if a text is not a schema of Protocol Buffers, or uses what is not supported. The message says where. */
public final class ProtoException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    ProtoException(String message) {
        super(message);
    }
}
