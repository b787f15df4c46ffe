package io.freshet.source;

/** What the messages of a feed are. */
public enum FeedFormat {

    /** An object is a record, an array is one record for each of its objects. */
    JSON,
    /** Each message is the field {@code text} of a record. */
    TEXT,
    /** Each message is the field {@code bytes} of a record, in Base64. */
    BINARY
}
