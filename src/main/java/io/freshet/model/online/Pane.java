package io.freshet.model.online;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import io.freshet.model.LearningSegment;

/**
 * A segment of the rows that a model has learned: not the rows, but their distribution.
 *
 * @param rows how many rows it represents, as far as they still count
 * @param from when the first of them arrived
 * @param to when the last of them arrived
 * @param all their distribution; its weight is their share in the model
 * @param strata the same for the rows in each stratum of the model, with their share in the model; empty for strata without
 *        rows. If the model has one stratum, that is {@code all}
 */
public record Pane(double rows, Instant from, Instant to, ModelPart all, List<Optional<ModelPart>> strata)
        implements
            LearningSegment<Pane> {

    public Pane {
        strata = List.copyOf(strata);
        if (!(rows >= 0) || to.isBefore(from)) {
            throw new IllegalArgumentException("a pane of " + rows + " rows from " + from + " to " + to);
        }
    }

    @Override
    public double share() {
        return all.weight();
    }

    @Override
    public Pane withRows(double left, Instant since) {
        return new Pane(left, from.isBefore(since) ? since : from, to, all, strata);
    }

    @Override
    public Pane withShare(double share) {
        double factor = share / share();
        List<Optional<ModelPart>> parts = strata.size() == 1 ? List.of(Optional.of(all.weighing(share)))
                : strata.stream().map(part -> part.map(known -> known.weighing(known.weight() * factor))).toList();
        return new Pane(rows, from, to, all.weighing(share), parts);
    }

    /** Returns the segment without the dropped strata. */
    Pane keeping(List<Integer> kept) {
        return new Pane(rows, from, to, all, kept.stream().map(strata::get).toList());
    }
}
