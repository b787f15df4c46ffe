package io.freshet.stream.load;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * A rate by the time of day: linear between the points, and around midnight from the last point to the first. On a day with a
 * change of the clock, the hour that is repeated has its rate twice and the hour that is skipped has none.
 *
 * @param points records per second at times of day, at least one greater than 0
 * @param zone the time zone of the points
 * @param start the moment from which records count
 */
public record DailyCurve(NavigableMap<LocalTime, Double> points, ZoneId zone, Instant start) implements LoadShape {

    private static final long DAY_NANOS = Duration.ofDays(1).toNanos();

    public DailyCurve {
        points = new TreeMap<>(points);
        if (points.isEmpty() || points.values().stream().anyMatch(rate -> !(rate >= 0))
                || points.values().stream().allMatch(rate -> rate == 0)) {
            throw new IllegalArgumentException("a daily curve needs rates of at least 0, one of them greater");
        }
    }

    @Override
    public double records(long nanos) {
        ZonedDateTime from = start.atZone(zone);
        ZonedDateTime to = start.plusNanos(nanos).atZone(zone);
        if (from.toLocalDate().equals(to.toLocalDate()) && from.getOffset().equals(to.getOffset())) {
            return untilTimeOfDay(to.toLocalTime()) - untilTimeOfDay(from.toLocalTime());
        }
        double records = untilEndOfDay(from);
        ZonedDateTime day = from.toLocalDate().plusDays(1).atStartOfDay(zone);
        while (day.toLocalDate().isBefore(to.toLocalDate())) {
            records += untilEndOfDay(day);
            day = day.toLocalDate().plusDays(1).atStartOfDay(zone);
        }
        return records + between(day, to);
    }

    private double untilEndOfDay(ZonedDateTime from) {
        return between(from, from.toLocalDate().plusDays(1).atStartOfDay(zone));
    }

    /** The records between two moments of one day, which may contain one change of the clock. */
    private double between(ZonedDateTime from, ZonedDateTime to) {
        var change = zone.getRules().nextTransition(from.toInstant());
        boolean changes = change != null && change.getInstant().isBefore(to.toInstant());
        if (!changes) {
            return sameOffset(from, to);
        }
        ZonedDateTime before = change.getDateTimeBefore().atZone(change.getOffsetBefore());
        ZonedDateTime after = change.getInstant().atZone(zone);
        return sameOffset(from, before) + sameOffset(after, to);
    }

    private double sameOffset(ZonedDateTime from, ZonedDateTime to) {
        double end = to.toLocalDate().isAfter(from.toLocalDate()) ? wholeDay() + untilTimeOfDay(to.toLocalTime())
                : untilTimeOfDay(to.toLocalTime());
        return end - untilTimeOfDay(from.toLocalTime());
    }

    private double wholeDay() {
        return untilNanoOfDay(DAY_NANOS);
    }

    private double untilTimeOfDay(LocalTime time) {
        return untilNanoOfDay(time.toNanoOfDay());
    }

    /** The records from midnight to a time of day: trapezoids between the points. */
    private double untilNanoOfDay(long nanoOfDay) {
        double records = 0;
        long at = 0;
        double rate = rate(0);
        for (Map.Entry<LocalTime, Double> point : points.entrySet()) {
            long next = point.getKey().toNanoOfDay();
            if (next >= nanoOfDay) {
                break;
            }
            records += (rate + point.getValue()) / 2 * ((next - at) / 1e9);
            at = next;
            rate = point.getValue();
        }
        return records + (rate + rate(nanoOfDay)) / 2 * ((nanoOfDay - at) / 1e9);
    }

    private double rate(long nanoOfDay) {
        LocalTime time = LocalTime.ofNanoOfDay(nanoOfDay % DAY_NANOS);
        Map.Entry<LocalTime, Double> before = points.floorEntry(time);
        Map.Entry<LocalTime, Double> after = points.ceilingEntry(time);
        if (before == null) {
            before = points.lastEntry();
        }
        if (after == null) {
            after = points.firstEntry();
        }
        long length = Math.floorMod(after.getKey().toNanoOfDay() - before.getKey().toNanoOfDay(), DAY_NANOS);
        long passed = Math.floorMod(time.toNanoOfDay() - before.getKey().toNanoOfDay(), DAY_NANOS);
        return length == 0 ? before.getValue()
                : before.getValue() + (after.getValue() - before.getValue()) * passed / length;
    }

    @Override
    public double recordsPerSecond(long nanos) {
        return rate(start.plusNanos(nanos).atZone(zone).toLocalTime().toNanoOfDay());
    }

    @Override
    public double maxRecordsPerSecond() {
        return points.values().stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    }

    @Override
    public boolean followsClock() {
        return true;
    }

    @Override
    public LoadShape startingAt(Instant from) {
        return new DailyCurve(points, zone, from);
    }
}
