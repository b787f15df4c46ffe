package io.freshet.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A stretch of the rows that a model has learned: not the rows, but their distribution.
 *
 * @param rows how many they were, as far as they still count
 * @param from when the first of them came
 * @param to when the last of them came
 * @param all their distribution; its weight is their share in the model
 * @param strata the same of those in each stratum of the model, with their share in the model; empty where there are none. If
 *        the model has one stratum, that is {@code all}
 */
record Pane(double rows, Instant from, Instant to, ModelPart all, List<Optional<ModelPart>> strata) {

    Pane {
        strata = List.copyOf(strata);
        if (!(rows >= 0) || to.isBefore(from)) {
            throw new IllegalArgumentException("a pane of " + rows + " rows from " + from + " to " + to);
        }
    }

    double share() {
        return all.weight();
    }

    /** What is left of it when all but so many rows are forgotten, none in particular. */
    Pane withRows(double left, Instant since) {
        return new Pane(left, from.isBefore(since) ? since : from, to, all, strata);
    }

    Pane withShare(double share) {
        double factor = share / share();
        List<Optional<ModelPart>> parts = strata.size() == 1 ? List.of(Optional.of(all.weighing(share)))
                : strata.stream().map(part -> part.map(known -> known.weighing(known.weight() * factor))).toList();
        return new Pane(rows, from, to, all.weighing(share), parts);
    }

    /** Without the strata that are forgotten. */
    Pane keeping(List<Integer> kept) {
        return new Pane(rows, from, to, all, kept.stream().map(strata::get).toList());
    }
}
