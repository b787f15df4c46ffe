package io.freshet.source.websocket;

/** The format of the messages of a feed. */
public enum WebSocketFormat {

    /** An object is one record; an array is one record for each of its objects. */
    JSON,
    /** Each message becomes the field {@code text} of a record. */
    TEXT,
    /** Each message becomes the field {@code bytes} of a record, in Base64. */
    BINARY
}
