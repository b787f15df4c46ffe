package io.freshet.retail;

import java.time.LocalDate;

import io.freshet.event.Ascii;
import io.freshet.stats.Permutation;
import io.freshet.stats.Philox;

/**
 * The weather of a region on a day: the season, and around it what changes slowly and what changes daily.
 *
 * @param celsius the day's highest temperature
 */
public record Weather(Sky sky, double celsius) {

    /** What falls, if something does. */
    public enum Sky {
        CLEAR("clear"),
        RAIN("rain"),
        HEAVY_RAIN("heavy_rain"),
        SNOW("snow");

        private final Ascii id;

        Sky(String id) {
            this.id = Ascii.of(id);
        }

        /** The name in events. */
        public Ascii id() {
            return id;
        }
    }

    private static final double YEAR = 365.2425;
    /** The middle of January. */
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
        // every second day is like its neighbour, so that wet days come in spells and their share stays what it is
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

    /** How many of the people who would come do so. */
    double footfall(Parameters.Traffic traffic) {
        return switch (sky) {
            case CLEAR -> 1;
            case RAIN -> traffic.rain();
            case HEAVY_RAIN, SNOW -> traffic.heavyRain();
        };
    }

    /** How many more of a department's goods are bought. */
    double demand(Parameters.Department department) {
        return 1 + department.heat() * Math.max(0, celsius - 22);
    }

    /** In tenths of a degree, for events. */
    int tenths() {
        return (int) Math.round(celsius * 10);
    }
}
