package io.freshet.kafka.sink;

import java.util.Optional;

/**
 * Maps records to CloudEvents.
 *
 * @param type the type of records that do not contain one
 * @param typeField the field that contains the type of a record; empty if all have the same type
 * @param timeField the field that contains the time of a record; empty for the time of the event itself
 */
public record CloudEvents(String type, Optional<String> typeField, Optional<String> timeField) {

    /** The default type. */
    public static final String RECORD = "io.freshet.record";
    /** The field in which events of the retail simulator and of the test pattern contain their type. */
    public static final String TYPE_FIELD = "event_type";

    public static final CloudEvents DEFAULT = new CloudEvents(RECORD, Optional.of(TYPE_FIELD), Optional.empty());
}
