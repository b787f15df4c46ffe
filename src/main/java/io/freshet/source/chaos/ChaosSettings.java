package io.freshet.source.chaos;

/**
 * The shares of records into which faults are injected.
 *
 * @param late records that arrive some hundreds of records late
 * @param duplicate records that arrive twice
 * @param outOfOrder records that arrive a few records late
 * @param drop records that do not arrive
 * @param corrupt records that are no longer valid JSON
 * @param drift records whose first field is renamed, as when a schema changes without notice
 * @param field whether the label is also a field of the record, {@code _chaos}
 */
public record ChaosSettings(long seed, double late, double duplicate, double outOfOrder, double drop, double corrupt,
        double drift, boolean field) {

    public static final double MOST = 0.9;

    public ChaosSettings {
        if (late < 0 || duplicate < 0 || outOfOrder < 0 || drop < 0 || corrupt < 0 || drift < 0
                || late + duplicate + outOfOrder + drop + corrupt + drift > MOST) {
            throw new IllegalArgumentException("shares of chaos must not be negative, and their sum must not exceed 0.9");
        }
    }
}
