package io.freshet.retail;

import java.time.LocalDate;

import io.freshet.event.Ascii;
import io.freshet.stats.Permutation;
import io.freshet.stats.Philox;

/**
 * The weather of a region on a day: the season, plus a slow and a daily variation.
 *
 * @param celsius the highest temperature of the day
 */
public record Weather(Sky sky, double celsius) {

    /** The precipitation of a day, if any. */
    public enum Sky {
        CLEAR("clear"),
        RAIN("rain"),
        HEAVY_RAIN("heavy_rain"),
        SNOW("snow");

        private final Ascii id;

        Sky(String id) {
            this.id = Ascii.of(id);
        }

        /** Returns the name in events. */
        public Ascii id() {
            return id;
        }
    }

    private static final double YEAR = 365.2425;
    /** The coldest day of the year, in the middle of January. */
    private static final int COLDEST = 15;
    private static final int SPELL_DAYS = 4;

    static Weather of(long seed, int index, Parameters.Region region, LocalDate date) {
        long day = date.toEpochDay();
        double season = -StrictMath.cos(2 * StrictMath.PI * (date.getDayOfYear() - COLDEST) / YEAR);
        long spell = Math.floorDiv(day, SPELL_DAYS);
        double within = Math.floorMod(day, SPELL_DAYS) / (double) SPELL_DAYS;
        double slow = (1 - within) * noise(seed, index, spell, 1) + within * noise(seed, index, spell + 1, 1);
        double celsius = region.temperature() + region.seasons() * season + 9 * (slow - 0.5)
                + 4 * (noise(seed, index, day, 2) - 0.5);
        // half of the days take their rain from a draw that two neighbouring days share, so that wet days come in spells
        // while their overall share stays the same
        boolean like = noise(seed, index, day, 3) < 0.5;
        boolean wet = (like ? noise(seed, index, Math.floorDiv(day, 2), 4) : noise(seed, index, day, 5)) < region.rain();
        if (!wet) {
            return new Weather(Sky.CLEAR, celsius);
        }
        return new Weather(celsius < 1 ? Sky.SNOW : noise(seed, index, day, 6) < 0.2 ? Sky.HEAVY_RAIN : Sky.RAIN, celsius);
    }

    private static double noise(long seed, int region, long at, int kind) {
        return Philox.uniform(Permutation.mix(Philox.word(at, region * 16 + kind, Purpose.WEATHER, seed)));
    }

    /** Returns the factor on the number of visitors. */
    double footfall(Parameters.Traffic traffic) {
        return switch (sky) {
            case CLEAR -> 1;
            case RAIN -> traffic.rain();
            case HEAVY_RAIN, SNOW -> traffic.heavyRain();
        };
    }

    /** Returns the factor on the demand for a department's goods. */
    double demand(Parameters.Department department) {
        return 1 + department.heat() * Math.max(0, celsius - 22);
    }

    /** Returns the temperature in tenths of a degree, for events. */
    int tenths() {
        return (int) Math.round(celsius * 10);
    }
}
