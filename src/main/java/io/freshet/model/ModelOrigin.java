package io.freshet.model;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * How the version of a model that a {@link ModelFile} holds came about.
 *
 * @param version from 1; one more each time the model was fitted again or learned more
 * @param fittedAt when
 * @param fitTime how long reading and fitting took; not negative
 * @param drift of each column from the version before, where that has learned more; else empty
 */
public record ModelOrigin(long version, Instant fittedAt, Duration fitTime, List<ColumnDrift> drift) {

    public ModelOrigin {
        drift = List.copyOf(drift);
        if (version < 1 || fitTime.isNegative()) {
            throw new IllegalArgumentException("a version must be at least 1 and take no negative time");
        }
    }
}
