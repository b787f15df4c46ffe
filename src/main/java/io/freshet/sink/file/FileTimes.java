package io.freshet.sink.file;

import java.time.Duration;
import java.util.Optional;

/**
 * How files follow one another.
 *
 * @param pattern their paths
 * @param timestamp the field with the time of a record, which decides its path; empty for the time when it is written
 * @param rollEvery how long records are added to a file; empty for no limit
 */
public record FileTimes(FilePattern pattern, Optional<String> timestamp, Optional<Duration> rollEvery) {

    /** Returns whether files are completed by the clock. */
    boolean areLimited() {
        return rollEvery.isPresent() || timestamp.isEmpty() && pattern.isTimed();
    }
}
