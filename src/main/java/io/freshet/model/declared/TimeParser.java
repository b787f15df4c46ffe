package io.freshet.model.declared;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;

import io.freshet.table.ColumnType;
import io.freshet.table.DateTimeFormat;

/** Parses distributions of dates and times. */
final class TimeParser {

    private static final String DATE = "uuuu-MM-dd";
    private static final String SECONDS = "uuuu-MM-dd'T'HH:mm:ss'Z'";

    private static final String TIME = "HH:mm:ss";
    private static final Map<String, ChronoUnit> UNITS = Map.of("days", ChronoUnit.DAYS, "seconds", ChronoUnit.SECONDS,
            "millis",
            ChronoUnit.MILLIS, "micros", ChronoUnit.MICROS);
    private static final String FIRST = "2025-01-01";
    private static final String LAST = "2025-12-31";
    private static final long FOREVER = 1L << 40;
    private static final long MICROS_PER_DAY = 86_400_000_000L;

    private TimeParser() {
    }

    static Law law(String kind, Spec how, Spec all) {
        how.object("from", "to", "step");
        ColumnType type = type(kind, all);
        boolean times = kind.equals("time");
        Spec from = how.find("from").orElse(new Spec(how.path(), text(times ? "00:00:00" : FIRST)));
        Spec to = how.find("to").orElse(new Spec(how.path(), text(times ? "23:59:59" : LAST)));
        long first = ticks(type, all, micros(from, times, false));
        long last = ticks(type, all, micros(to, times, !kind.equals("date")));
        if (!how.has("step")) {
            Grid grid = Grid.between(type, 1, first, last);
            if (grid.isEmpty()) {
                throw how.wrong("ends before it begins");
            }
            return all.flag("unique") ? new KeyLaw(grid, true) : NumberLaw.uniform(grid);
        }
        long step = Math.max(1, step(how.get("step")) / tickMicros(type, all));
        return new KeyLaw(Grid.from(type, first, step, how.has("to") ? (last - first) / step + 1 : FOREVER), false);
    }

    private static JsonNode text(String text) {
        return TextNode.valueOf(text);
    }

    private static ColumnType type(String kind, Spec all) {
        if (all.has("epoch")) {
            unit(all);
            return new ColumnType.Whole();
        }
        String pattern = all.find("format").map(Spec::text)
                .orElse(kind.equals("date") ? DATE : kind.equals("time") ? TIME : SECONDS);
        ChronoUnit unit = pattern.contains("SSSSSS") ? ChronoUnit.MICROS
                : pattern.contains("S") ? ChronoUnit.MILLIS
                        : pattern.contains("s") ? ChronoUnit.SECONDS
                                : pattern.contains("m") ? ChronoUnit.MINUTES
                                        : pattern.contains("H") ? ChronoUnit.HOURS : ChronoUnit.DAYS;
        return new ColumnType.DateTime(DateTimeFormat.of(pattern, unit));
    }

    private static ChronoUnit unit(Spec all) {
        ChronoUnit unit = UNITS.get(all.get("epoch").text());
        if (unit == null) {
            throw all.get("epoch").wrong("must be seconds, millis, micros or days");
        }
        return unit;
    }

    private static long tickMicros(ColumnType type, Spec all) {
        ChronoUnit unit = type instanceof ColumnType.DateTime date ? date.format().resolution() : unit(all);
        return unit.getDuration().toNanos() / 1000;
    }

    private static long ticks(ColumnType type, Spec all, long micros) {
        return type instanceof ColumnType.DateTime date ? date.format().ticksOf(micros)
                : Math.floorDiv(micros, tickMicros(type, all));
    }

    private static long step(Spec step) {
        try {
            String text = step.text();
            long micros = (text.matches("P\\d+D") ? Duration.ofDays(Long.parseLong(text.substring(1, text.length() - 1)))
                    : Duration.parse(text)).toNanos() / 1000;
            if (micros > 0) {
                return micros;
            }
        } catch (DateTimeException | NumberFormatException e) {
            // reported below
        }
        throw step.wrong("must be a duration such as PT1S or P1D");
    }

    /** @param end whether a day stands for its end */
    private static long micros(Spec bound, boolean times, boolean end) {
        String text = bound.text();
        try {
            if (times) {
                return LocalTime.parse(text).toNanoOfDay() / 1000;
            }
            if (text.length() == DATE.length()) {
                long day = LocalDate.parse(text).toEpochDay() * MICROS_PER_DAY;
                return end ? day + MICROS_PER_DAY - 1 : day;
            }
            Instant instant = text.endsWith("Z") || text.matches(".*[+-]\\d\\d:?\\d\\d$")
                    ? DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(text, Instant::from)
                    : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
            return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
        } catch (DateTimeException e) {
            throw bound.wrong("must be a date or time such as 2026-03-18 or 2026-03-18T09:00:00Z, not " + text);
        }
    }
}
