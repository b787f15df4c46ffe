package io.freshet.source;

/**
 * What shares of the records are not delivered as they should be.
 *
 * @param late come some hundreds of records too late
 * @param duplicate come twice
 * @param outOfOrder come a few records too late
 * @param drop do not come
 * @param corrupt are no JSON any more
 * @param drift have another name for their first field, as when a schema changes without notice
 * @param field whether a label is also a field of the record, {@code _chaos}
 */
public record ChaosSettings(long seed, double late, double duplicate, double outOfOrder, double drop, double corrupt,
        double drift, boolean field) {

    public static final double MOST = 0.9;

    public ChaosSettings {
        if (late < 0 || duplicate < 0 || outOfOrder < 0 || drop < 0 || corrupt < 0 || drift < 0
                || late + duplicate + outOfOrder + drop + corrupt + drift > MOST) {
            throw new IllegalArgumentException("shares of chaos must not be negative, and at most 0.9 in all");
        }
    }
}
