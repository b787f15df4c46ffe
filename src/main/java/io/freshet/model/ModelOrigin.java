package io.freshet.model;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.freshet.model.file.ModelFile;
import io.freshet.table.Notice;

/**
 * The origin of the version of a model in a {@link ModelFile}.
 *
 * @param version from 1; increases each time the model is fitted again or learns
 * @param fittedAt when the version was created
 * @param fitTime how long reading and fitting took; not negative
 * @param drift how far each column moved from the previous version if the model has learned; otherwise empty
 * @param notices what the owner of the table may not expect of the model
 * @param requested what was asked of the last fit; empty in files that do not say
 * @param history how this version and those before it came about; empty in files that do not say
 */
public record ModelOrigin(long version, Instant fittedAt, Duration fitTime, List<ColumnDrift> drift,
        List<Notice> notices, RequestedFit requested, VersionHistory history) {

    public ModelOrigin {
        drift = List.copyOf(drift);
        notices = List.copyOf(notices);
        if (version < 1 || fitTime.isNegative()) {
            throw new IllegalArgumentException("a version must be at least 1, and its fit time must not be negative");
        }
    }

    /** Creates an origin without notices and history. */
    public ModelOrigin(long version, Instant fittedAt, Duration fitTime, List<ColumnDrift> drift) {
        this(version, fittedAt, fitTime, drift, List.of(), RequestedFit.DEFAULTS, VersionHistory.EMPTY);
    }
}
