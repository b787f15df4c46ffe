package io.freshet.model;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a model has learned, in stretches of time, the oldest first; their shares sum to at most one. A mixture of Gaussian
 * copulas is none: whoever makes one of two loses something of how they differ. So rows stay apart from those of other times
 * as long as there is room, and only neighbours, which differ least, are put together.
 */
record Panes(List<Pane> list) {

    static final Panes NONE = new Panes(List.of());

    /** A pane of a smaller share is forgotten. */
    private static final double FADED = 1e-9;

    Panes {
        list = List.copyOf(list);
    }

    /**
     * @param fittedAt when the model learned what it knew before its first update
     */
    static Panes of(GaussianCopula model, Instant fittedAt) {
        if (!model.panes().list().isEmpty()) {
            return model.panes();
        }
        List<CopulaStratum> strata = model.strata();
        ModelPart all = strata.size() == 1 ? ModelPart.of(1, strata.get(0)) : ModelPart.ofMarginals(1, model.columns());
        List<Optional<ModelPart>> parts = strata.size() == 1 ? List.of(Optional.of(all))
                : strata.stream().map(stratum -> Optional.of(ModelPart.of(stratum.share(), stratum))).toList();
        return new Panes(List.of(new Pane(model.fittedRows(), fittedAt, fittedAt, all, parts)));
    }

    /** What still counts when so many rows come; what is missing of a share of one is theirs. */
    Panes aged(Influence influence, long newRows, Instant now) {
        if (influence instanceof Influence.Weight by) {
            return new Panes(list.stream().map(pane -> pane.withShare(pane.share() * (1 - by.weight())))
                    .filter(pane -> pane.share() >= FADED).toList());
        }
        List<Pane> left = influence instanceof Influence.LastRows last ? ofLastRows(last.rows() - newRows)
                : since(now.minus(((Influence.LastTime) influence).span()));
        double all = counted(influence, newRows) + left.stream().mapToDouble(Pane::rows).sum();
        return new Panes(left.stream().map(pane -> pane.withShare(pane.rows() / all)).toList());
    }

    /** How many of the new rows count. */
    static double counted(Influence influence, long newRows) {
        return influence instanceof Influence.LastRows last ? Math.min(last.rows(), newRows) : newRows;
    }

    private List<Pane> ofLastRows(double room) {
        List<Pane> left = new ArrayList<>();
        double rest = room;
        for (int i = list.size() - 1; i >= 0 && rest > 0; i--) {
            Pane pane = list.get(i);
            left.add(0, pane.rows() > rest ? pane.withRows(rest, pane.from()) : pane);
            rest -= pane.rows();
        }
        return left;
    }

    private List<Pane> since(Instant begin) {
        List<Pane> left = new ArrayList<>();
        for (Pane pane : list) {
            if (!pane.from().isBefore(begin)) {
                left.add(pane);
            } else if (pane.to().isAfter(begin)) {
                double span = seconds(pane.from(), pane.to());
                left.add(pane.withRows(pane.rows() * seconds(begin, pane.to()) / span, begin));
            }
        }
        return left.stream().filter(pane -> pane.rows() > 0).toList();
    }

    private static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toNanos() / 1e9;
    }

    /** When the last row came. */
    Optional<Instant> newest() {
        return list.isEmpty() ? Optional.empty() : Optional.of(list.get(list.size() - 1).to());
    }

    double share() {
        return list.stream().mapToDouble(Pane::share).sum();
    }

    double rows() {
        return list.stream().mapToDouble(Pane::rows).sum();
    }

    List<ModelPart> parts() {
        return list.stream().map(Pane::all).toList();
    }

    /** Those of one stratum. */
    List<ModelPart> parts(int stratum) {
        return list.stream().map(pane -> pane.strata().get(stratum)).flatMap(Optional::stream).toList();
    }

    Panes keeping(List<Integer> strata) {
        return new Panes(list.stream().map(pane -> pane.keeping(strata)).toList());
    }

    Panes with(Pane newest) {
        return new Panes(Stream.concat(list.stream(), Stream.of(newest)).toList());
    }
}
