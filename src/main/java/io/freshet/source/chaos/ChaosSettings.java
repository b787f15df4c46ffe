package io.freshet.source.chaos;

import java.util.List;

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
 * @param phases factors of the shares in the order of their time; empty for the factor 1 at all times
 */
public record ChaosSettings(long seed, double late, double duplicate, double outOfOrder, double drop, double corrupt,
        double drift, boolean field, List<Phase> phases) {

    public static final double MOST = 0.9;

    /**
     * A part of the stream with a factor of its own.
     *
     * @param records how many records are emitted until it ends; that of the last phase has no meaning
     * @param factor multiplies all shares
     */
    public record Phase(long records, double factor) {
    }

    public ChaosSettings {
        phases = List.copyOf(phases);
        if (late < 0 || duplicate < 0 || outOfOrder < 0 || drop < 0 || corrupt < 0 || drift < 0
                || late + duplicate + outOfOrder + drop + corrupt + drift > MOST) {
            throw new IllegalArgumentException("shares of chaos must not be negative, and their sum must not exceed 0.9");
        }
    }

    /** Creates settings whose shares are the same at all times. */
    public ChaosSettings(long seed, double late, double duplicate, double outOfOrder, double drop, double corrupt,
            double drift, boolean field) {
        this(seed, late, duplicate, outOfOrder, drop, corrupt, drift, field, List.of());
    }

    /** Returns the share of records with faults where the factor is 1. */
    public double sum() {
        return late + duplicate + outOfOrder + drop + corrupt + drift;
    }

    /** Returns the same settings with phases. */
    public ChaosSettings withPhases(List<Phase> others) {
        return new ChaosSettings(seed, late, duplicate, outOfOrder, drop, corrupt, drift, field, others);
    }
}
