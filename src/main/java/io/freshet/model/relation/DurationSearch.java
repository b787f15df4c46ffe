package io.freshet.model.relation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.freshet.table.ColumnType;

/** Finds numbers that are the days, hours, minutes or seconds between two dates. */
final class DurationSearch {

    private static final List<Duration> UNITS = List.of(Duration.ofDays(1), Duration.ofHours(1), Duration.ofMinutes(1),
            Duration.ofSeconds(1), Duration.ofDays(7));
    private static final double ALMOST = 1e-9;

    private final TableColumns table;

    DurationSearch(TableColumns table) {
        this.table = table;
    }

    List<Candidate> find() {
        List<Candidate> found = new ArrayList<>();
        for (int target : table.varying(false)) {
            for (int from : table.varying(true)) {
                for (int to : table.varying(true)) {
                    if (from != to && ticks(from).equals(ticks(to))) {
                        check(target, from, to).ifPresent(found::add);
                    }
                }
            }
        }
        return found;
    }

    private Duration ticks(int column) {
        return ((ColumnType.DateTime) table.schema().column(column).type()).format().resolution().getDuration();
    }

    /** A difference in the ticks of the dates also gives the later date. */
    private List<Relation> directions(LinearSum difference) {
        if (difference.scale() != 1 || table.step(difference.target()) != 1) {
            return List.of(difference);
        }
        int to = difference.sources().get(0);
        int from = difference.sources().get(1);
        return List.of(difference, new LinearSum(to, List.of(from, difference.target()), List.of(1, 1), 1, false, 0, 0));
    }

    private Optional<Candidate> check(int target, int from, int to) {
        double half = table.step(target) / 2 * 1.02;
        for (Duration unit : UNITS) {
            double scale = ticks(from).toNanos() / (double) unit.toNanos();
            for (boolean down : new boolean[] { true, false }) {
                RowRule rule = values -> {
                    double length = (values[2] - values[1]) * scale;
                    return down ? Math.floor(length + ALMOST) != values[0] : Math.abs(length - values[0]) > half + ALMOST;
                };
                Optional<Candidate> found = new RuleCheck(table, target, from, to).of(rule)
                        .map(evidence -> new Candidate(directions(
                                new LinearSum(target, List.of(to, from), List.of(1, -1), scale, down, 0, down ? 0 : half)),
                                evidence));
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }
}
