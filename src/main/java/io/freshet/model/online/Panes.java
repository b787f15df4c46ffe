package io.freshet.model.online;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.freshet.model.Influence;
import io.freshet.model.LearningHistory;
import io.freshet.model.copula.CopulaStratum;
import io.freshet.model.copula.GaussianCopula;

/**
 * What a model has learned, in segments of time, oldest first; their shares sum to at most one. A mixture of Gaussian copulas
 * is not a Gaussian copula; merging loses information about their differences. Therefore, segments stay separate as long as
 * possible, and only neighbours, which differ least, are merged.
 */
public record Panes(List<Pane> list) implements LearningHistory {

    static final Panes NONE = new Panes(List.of());

    public Panes {
        list = List.copyOf(list);
    }

    /**
     * @param fittedAt when the model learned what it knew before its first update
     */
    static Panes of(GaussianCopula model, Instant fittedAt) {
        if (model.history() instanceof Panes panes && !panes.list.isEmpty()) {
            return panes;
        }
        List<CopulaStratum> strata = model.strata();
        ModelPart all = strata.size() == 1 ? ModelPart.of(1, strata.get(0)) : ModelPart.ofMarginals(1, model.columns());
        List<Optional<ModelPart>> parts = strata.size() == 1 ? List.of(Optional.of(all))
                : strata.stream().map(stratum -> Optional.of(ModelPart.of(stratum.share(), stratum))).toList();
        return new Panes(List.of(new Pane(model.fittedRows(), fittedAt, fittedAt, all, parts)));
    }

    /** Returns what still counts when new rows arrive. */
    Panes aged(Influence influence, long newRows, Instant now) {
        return new Panes(new SegmentRing(influence).aged(list, newRows, now));
    }

    /** Returns when the last row arrived. */
    public Optional<Instant> newest() {
        return list.isEmpty() ? Optional.empty() : Optional.of(list.get(list.size() - 1).to());
    }

    public double share() {
        return list.stream().mapToDouble(Pane::share).sum();
    }

    double rows() {
        return list.stream().mapToDouble(Pane::rows).sum();
    }

    List<ModelPart> parts() {
        return list.stream().map(Pane::all).toList();
    }

    /** Returns the parts of one stratum. */
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
