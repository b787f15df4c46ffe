package io.freshet.model.online;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;

import io.freshet.model.Influence;
import io.freshet.model.LearningSegment;
import io.freshet.model.fit.Strata;

/**
 * Bounds the learning segments of a model: ages them when new rows arrive, and merges neighbours so that there are never many.
 */
final class SegmentRing {

    /** A segment with a smaller share is dropped. */
    private static final double MIN_SHARE = 1e-9;
    /** Neighbours with fewer rows are merged whatever the window, unless they fill it. */
    private static final double MIN_ROWS = Strata.FEWEST_ROWS;

    private final Influence influence;

    SegmentRing(Influence influence) {
        this.influence = influence;
    }

    /** Returns how many of the new rows count. */
    double counted(long newRows) {
        return influence instanceof Influence.LastRows last ? Math.min(last.rows(), newRows) : newRows;
    }

    /**
     * Returns what still counts when new rows arrive. The shares sum to less than one; the remainder is the share of the new
     * rows.
     *
     * @param segments oldest first
     */
    <S extends LearningSegment<S>> List<S> aged(List<S> segments, long newRows, Instant now) {
        if (influence instanceof Influence.Weight by) {
            return segments.stream().map(segment -> segment.withShare(segment.share() * (1 - by.weight())))
                    .filter(segment -> segment.share() >= MIN_SHARE).toList();
        }
        List<S> left = influence instanceof Influence.LastRows last ? lastRows(segments, last.rows() - newRows)
                : since(segments, now.minus(((Influence.LastTime) influence).span()));
        double all = counted(newRows) + left.stream().mapToDouble(LearningSegment::rows).sum();
        return left.stream().map(segment -> segment.withShare(segment.rows() / all)).toList();
    }

    private static <S extends LearningSegment<S>> List<S> lastRows(List<S> segments, double room) {
        List<S> left = new ArrayList<>();
        double rest = room;
        for (int i = segments.size() - 1; i >= 0 && rest > 0; i--) {
            S segment = segments.get(i);
            left.add(0, segment.rows() > rest ? segment.withRows(rest, segment.from()) : segment);
            rest -= segment.rows();
        }
        return left;
    }

    private static <S extends LearningSegment<S>> List<S> since(List<S> segments, Instant begin) {
        List<S> left = new ArrayList<>();
        for (S segment : segments) {
            if (!segment.from().isBefore(begin)) {
                left.add(segment);
            } else if (segment.to().isAfter(begin)) {
                double span = seconds(segment.from(), segment.to());
                left.add(segment.withRows(segment.rows() * seconds(begin, segment.to()) / span, begin));
            }
        }
        return left.stream().filter(segment -> segment.rows() > 0).toList();
    }

    private static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toNanos() / 1e9;
    }

    /**
     * Merges segments until there are at most {@code max} of them for learning by weight, or twice the parts of a window plus
     * one.
     *
     * @param parts how many segments a window is divided into
     */
    <S extends LearningSegment<S>> List<S> merged(List<S> segments, int max, int parts, BinaryOperator<S> merge) {
        List<S> list = new ArrayList<>(segments);
        for (int i = list.size() - 1; i > 0; i--) {
            if (areSmall(list.get(i - 1), list.get(i), parts)) {
                list.set(i - 1, merge.apply(list.get(i - 1), list.remove(i)));
            }
        }
        int most = influence instanceof Influence.Weight ? max : 2 * parts + 1;
        while (list.size() > most) {
            int min = lightest(list);
            list.set(min, merge.apply(list.get(min), list.remove(min + 1)));
        }
        return list;
    }

    private boolean areSmall(LearningSegment<?> older, LearningSegment<?> newer, int parts) {
        double rows = older.rows() + newer.rows();
        if (Math.max(older.rows(), newer.rows()) < MIN_ROWS) {
            return !(influence instanceof Influence.LastRows last) || rows <= last.rows();
        }
        if (influence instanceof Influence.LastRows last) {
            return rows <= (double) last.rows() / parts;
        }
        return influence instanceof Influence.LastTime last
                && Duration.between(older.from(), newer.to()).compareTo(last.span().dividedBy(parts)) <= 0;
    }

    /** Returns the segment that has the smallest share together with the next one. */
    private static int lightest(List<? extends LearningSegment<?>> list) {
        int min = 0;
        for (int i = 1; i + 1 < list.size(); i++) {
            if (list.get(i).share() + list.get(i + 1).share() < list.get(min).share() + list.get(min + 1).share()) {
                min = i;
            }
        }
        return min;
    }
}
