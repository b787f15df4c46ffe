package io.freshet.model.online;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.freshet.model.Influence;
import io.freshet.model.SynthesisMethod;
import io.freshet.model.copula.GaussianCopula;
import io.freshet.model.marginal.ColumnModel;
import io.freshet.model.marginal.NumberAnchors;

/** Merges adjacent panes of a model, so that their number stays small. */
final class PaneMerger {

    /** The maximum number of panes for learning by weight. */
    private static final int BY_WEIGHT = 8;
    /** The number of parts into which a window is divided; there are at most twice as many panes, plus one. */
    private static final int OF_WINDOW = 16;

    private final GaussianCopula model;
    private final boolean dependent;

    /** @param model the model that the panes form together */
    PaneMerger(GaussianCopula model) {
        this.model = model;
        this.dependent = model.method() == SynthesisMethod.GAUSSIAN_COPULA;
    }

    Panes merged(Panes panes, Influence influence) {
        return new Panes(new SegmentRing(influence).merged(panes.list(), BY_WEIGHT, OF_WINDOW, this::merge));
    }

    private Pane merge(Pane older, Pane newer) {
        boolean one = model.strata().size() == 1;
        ModelPart all = merge(List.of(older.all(), newer.all()),
                one ? model.strata().get(0).columns() : model.columns(),
                one ? NumberAnchors.FEW : NumberAnchors.FEWEST,
                one && dependent);
        List<Optional<ModelPart>> strata = new ArrayList<>();
        for (int s = 0; s < model.strata().size(); s++) {
            int stratum = s;
            List<ModelPart> parts = Stream.of(older, newer).map(pane -> pane.strata().get(stratum)).flatMap(Optional::stream)
                    .toList();
            strata.add(one ? Optional.of(all)
                    : parts.size() < 2 ? parts.stream().findFirst()
                            : Optional.of(merge(parts, model.strata().get(s).columns(), NumberAnchors.FEWEST, true)));
        }
        return new Pane(older.rows() + newer.rows(), older.from(), newer.to(), all, strata);
    }

    private ModelPart merge(List<ModelPart> parts, List<ColumnModel> columns, int anchors, boolean correlated) {
        double weight = parts.stream().mapToDouble(ModelPart::weight).sum();
        return Mixture.of(columns, parts, List.of()).part(weight, model.columns(), anchors, correlated);
    }
}
