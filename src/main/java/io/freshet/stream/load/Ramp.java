package io.freshet.stream.load;

import java.time.Duration;

/**
 * A rate that changes linearly over a time and then stays: {@code from·t + (to − from)·t² / (2·over)} records until t.
 *
 * @param from records per second at the start, at least 0
 * @param to records per second at the end, at least 0
 * @param over how long the change takes, greater than zero
 */
public record Ramp(double from, double to, Duration over) implements LoadShape {

    public Ramp {
        if (!(from >= 0 && to >= 0) || from + to == 0 || over.isZero() || over.isNegative()) {
            throw new IllegalArgumentException("a ramp needs rates of at least 0, one of them greater, and a time");
        }
    }

    @Override
    public double records(long nanos) {
        double length = over.toNanos() / 1e9;
        double seconds = nanos / 1e9;
        double ramped = Math.min(seconds, length);
        return from * ramped + (to - from) * ramped * ramped / (2 * length) + to * (seconds - ramped);
    }

    @Override
    public double recordsPerSecond(long nanos) {
        return from + (to - from) * Math.min(1, nanos / (double) over.toNanos());
    }

    @Override
    public double maxRecordsPerSecond() {
        return Math.max(from, to);
    }
}
