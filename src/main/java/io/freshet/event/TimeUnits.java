package io.freshet.event;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The unit of a time that is given as a number since 1970. */
public enum TimeUnits {

    /**
     * Chooses the unit by the magnitude of the number: seconds from 1e8 up to 1e11, microseconds from 1e14 up to 1e17,
     * nanoseconds from 1e17, and milliseconds otherwise. Times between 1973 and 5138 are thus recognised in each unit.
     */
    AUTO("auto", 1),
    SECONDS("s", 1e3),
    MILLIS("ms", 1),
    MICROS("us", 1e-3),
    NANOS("ns", 1e-6);

    /** The last millisecond of the year 9999, in milliseconds since 1970. */
    private static final double LATEST = 253_402_300_799_999.0;
    private static final double FIRST_SECOND = 1e8;
    private static final double FIRST_MILLI = 1e11;
    private static final double FIRST_MICRO = 1e14;
    private static final double FIRST_NANO = 1e17;

    private final String id;
    private final double toMillis;

    TimeUnits(String id, double toMillis) {
        this.id = id;
        this.toMillis = toMillis;
    }

    public static Optional<TimeUnits> find(String id) {
        return Arrays.stream(values()).filter(each -> each.id.equals(id)).findFirst();
    }

    /** Returns the names of the units as definitions spell them. */
    public static List<String> ids() {
        return Arrays.stream(values()).map(each -> each.id).toList();
    }

    /**
     * Converts a number to milliseconds since 1970.
     *
     * @return the milliseconds; empty if the number is not a time up to the year 9999
     */
    OptionalLong millis(Number number) {
        TimeUnits unit = this == AUTO ? recognised(Math.abs(number.doubleValue())) : this;
        double millis = number.doubleValue() * unit.toMillis;
        if (!(Math.abs(millis) <= LATEST)) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(unit == MILLIS ? number.longValue() : (long) Math.floor(millis));
    }

    private static TimeUnits recognised(double size) {
        if (size < FIRST_SECOND || size >= FIRST_MILLI && size < FIRST_MICRO) {
            return MILLIS;
        }
        return size < FIRST_MILLI ? SECONDS : size < FIRST_NANO ? MICROS : NANOS;
    }
}
