package io.freshet.sink;

import java.time.Duration;
import java.util.Optional;

/**
 * Where in MongoDB the records of a stream are kept.
 *
 * @param collection its name
 * @param timeSeries whether it is made as a time-series collection; these know no unique ids, so a record that is sent again is
 *        there twice
 * @param ttl after which time the database deletes records by itself; empty for never
 */
public record MongoTarget(String collection, boolean timeSeries, Optional<Duration> ttl) {

    /** The collection that is used where none is named. */
    public static final String STANDARD_COLLECTION = "records";
}
