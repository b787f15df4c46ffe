package io.freshet.sink.mongo;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Where in MongoDB the records of a stream are stored.
 *
 * @param collection the name of the collection
 * @param series the settings of a time-series collection; empty for a plain one. A time series has no unique ids, so a record
 *        that is sent again is stored twice
 * @param ttl the age at which the database deletes records; empty for never
 * @param timestamp the field with the time of a record; empty for that of the message it came from, or of its batch
 */
public record MongoTarget(String collection, Optional<Series> series, Optional<Duration> ttl, Optional<String> timestamp) {

    /** The default collection. */
    public static final String STANDARD_COLLECTION = "records";

    /**
     * The settings of a time series.
     *
     * @param granularity the approximate interval between the records of a series: one of {@link #GRANULARITIES}
     * @param key the top-level field that, together with the stream, identifies the series of a record; empty for one series
     *        per stream
     */
    public record Series(String granularity, Optional<String> key) {

        /** The allowed values. The first is the default. */
        public static final List<String> GRANULARITIES = List.of("seconds", "minutes", "hours");

        /** Returns the field of documents that identifies the series. */
        String metaField() {
            return key.isPresent() ? "series" : "stream";
        }
    }
}
