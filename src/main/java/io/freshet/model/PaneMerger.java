package io.freshet.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Puts neighbouring panes of a model together, so that there are never many. */
final class PaneMerger {

    /** How many panes hold what was learned by weight. */
    private static final int BY_WEIGHT = 8;
    /** A window is divided into so many stretches; there are at most twice as many panes, and one. */
    private static final int OF_WINDOW = 16;
    /** Fewer rows are put together with their neighbours, whatever the window, unless those are many. */
    private static final double FEWEST_ROWS = Strata.FEWEST_ROWS;

    private final GaussianCopula model;
    private final boolean dependent;

    /** @param model that the panes make together */
    PaneMerger(GaussianCopula model) {
        this.model = model;
        this.dependent = model.method() == SynthesisMethod.GAUSSIAN_COPULA;
    }

    Panes merged(Panes panes, Influence influence) {
        List<Pane> list = new ArrayList<>(panes.list());
        for (int i = list.size() - 1; i > 0; i--) {
            if (areSmall(list.get(i - 1), list.get(i), influence)) {
                list.set(i - 1, merge(list.get(i - 1), list.remove(i)));
            }
        }
        int most = influence instanceof Influence.Weight ? BY_WEIGHT : 2 * OF_WINDOW + 1;
        while (list.size() > most) {
            int least = lightest(list);
            list.set(least, merge(list.get(least), list.remove(least + 1)));
        }
        return new Panes(list);
    }

    private static boolean areSmall(Pane older, Pane newer, Influence influence) {
        double rows = older.rows() + newer.rows();
        if (Math.max(older.rows(), newer.rows()) < FEWEST_ROWS) {
            return !(influence instanceof Influence.LastRows last) || rows <= last.rows();
        }
        if (influence instanceof Influence.LastRows last) {
            return rows <= (double) last.rows() / OF_WINDOW;
        }
        return influence instanceof Influence.LastTime last
                && Duration.between(older.from(), newer.to()).compareTo(last.span().dividedBy(OF_WINDOW)) <= 0;
    }

    /** The pane that weighs least together with the next one. */
    private static int lightest(List<Pane> list) {
        int least = 0;
        for (int i = 1; i + 1 < list.size(); i++) {
            if (list.get(i).share() + list.get(i + 1).share() < list.get(least).share() + list.get(least + 1).share()) {
                least = i;
            }
        }
        return least;
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
