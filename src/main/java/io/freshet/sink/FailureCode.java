package io.freshet.sink;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Why a record became a dead letter, for programs. The reason in the letter is for people. */
public enum FailureCode {

    /** A message of a topic could not be parsed as a record. */
    MALFORMED,
    /** A command could not be executed. */
    BAD_COMMAND,
    /** A stage, such as a quality check, rejected the record. */
    REJECTED_BY_STAGE,
    /** The record does not match the columns of its sink. */
    SCHEMA_MISMATCH,
    /** The schema registry rejected the schema of the record. Its bytes lack the id of a schema. */
    SCHEMA_REJECTED,
    /** The record is larger than the receiver accepts. */
    TOO_LARGE,
    /** The receiver rejected the record. */
    REJECTED,
    /** The sink failed for longer than the settings of its queue allow. */
    TIMED_OUT,
    /** The letter is of version 1, which has no code. */
    UNKNOWN;

    /** Returns the name in the API and in messages, such as {@code too_large}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<FailureCode> find(String id) {
        return Arrays.stream(values()).filter(code -> code.id().equals(id)).findFirst();
    }
}
