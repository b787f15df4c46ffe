package io.freshet.sink;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Where in MongoDB the records of a stream are kept.
 *
 * @param collection its name
 * @param series how it is made as a time-series collection; empty for a plain one. A time series knows no unique ids, so a
 *        record that is sent again is there twice
 * @param ttl after which time the database deletes records by itself; empty for never
 */
public record MongoTarget(String collection, Optional<Series> series, Optional<Duration> ttl) {

    /** The collection that is used where none is named. */
    public static final String STANDARD_COLLECTION = "records";

    /**
     * A time series.
     *
     * @param granularity how far apart the records of a series are, about: one of {@link #GRANULARITIES}
     * @param key the field at the top of records that says, beside the stream, to which series one belongs; empty for one
     *        series a stream
     */
    public record Series(String granularity, Optional<String> key) {

        /** The first is used where none is named. */
        public static final List<String> GRANULARITIES = List.of("seconds", "minutes", "hours");

        /** The field of documents that says to which series one belongs. */
        String metaField() {
            return key.isPresent() ? "series" : "stream";
        }
    }
}
