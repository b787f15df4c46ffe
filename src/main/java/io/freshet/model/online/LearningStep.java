package io.freshet.model.online;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

import io.freshet.model.ColumnDrift;
import io.freshet.model.Influence;
import io.freshet.model.PartialFit;
import io.freshet.model.SynthesisMethod;
import io.freshet.model.copula.CopulaStratum;
import io.freshet.model.copula.GaussianCopula;
import io.freshet.model.marginal.ColumnModel;
import io.freshet.model.marginal.NumberAnchors;

/** One update of a model. */
final class LearningStep {

    /** A stratum with a smaller share is dropped. */
    private static final double FADED = 1e-9;

    /**
     * How new rows arrive.
     *
     * @param rows how many rows arrived; more than are present if those are a sample
     * @param fittedAt when the model learned what it knew before its first update
     */
    record Arrival(Influence influence, long rows, Instant fittedAt, Instant now) {
    }

    private final GaussianCopula old;
    private final List<NewColumn> columns;
    private final Arrival arrival;
    /** Never earlier than what arrived before, whatever the clocks say. */
    private final Instant now;
    private final Panes before;
    private final double weight;
    private final List<CopulaStratum> strata = new ArrayList<>();
    /** What the new rows add to each stratum. */
    private final List<Optional<ModelPart>> fresh = new ArrayList<>();
    /** The strata of the old model that are retained. */
    private final List<Integer> kept = new ArrayList<>();

    private LearningStep(GaussianCopula old, List<NewColumn> columns, Arrival arrival) {
        this.old = old;
        this.columns = columns;
        this.arrival = arrival;
        Panes known = Panes.of(old, arrival.fittedAt());
        this.now = known.newest().filter(arrival.now()::isBefore).orElse(arrival.now());
        this.before = known.aged(arrival.influence(), arrival.rows(), now);
        this.weight = 1 - before.share();
    }

    static LearningStep of(GaussianCopula old, List<NewColumn> columns, Arrival arrival) {
        return new LearningStep(old, columns, arrival);
    }

    PartialFit result() {
        boolean one = old.strata().size() == 1;
        boolean dependent = old.method() == SynthesisMethod.GAUSSIAN_COPULA;
        RowsPart rows = new RowsPart(weight, columns, IntStream.range(0, columns.get(0).rows()).toArray());
        Mixture whole = Mixture.of(one ? old.strata().get(0).columns() : old.columns(), with(before.parts(), rows), List.of());
        List<ColumnModel> mixed = whole.marginals(List.of(), NumberAnchors.MANY);
        ModelPart newest = Mixture.of(mixed, List.of(rows), List.of()).part(weight, mixed,
                one ? NumberAnchors.FEW : NumberAnchors.FEWEST, one && dependent);
        if (one) {
            add(0, whole.stratum(1, mixed, dependent), Optional.of(newest));
        } else {
            mixStrata(mixed);
        }
        double counted = new SegmentRing(arrival.influence()).counted(arrival.rows());
        Panes panes = before.keeping(kept).with(new Pane(counted, now, now, newest, fresh));
        GaussianCopula updated = new GaussianCopula(old.method(), mixed.stream().map(ColumnModel::overall).toList(), strata,
                rows(panes));
        return new PartialFit(updated.withHistory(new PaneMerger(updated).merged(panes, arrival.influence())), drift(whole));
    }

    private void add(int stratum, CopulaStratum mixed, Optional<ModelPart> ofNewRows) {
        kept.add(stratum);
        strata.add(mixed);
        fresh.add(ofNewRows);
    }

    private static List<MixturePart> with(List<ModelPart> parts, RowsPart rows) {
        List<MixturePart> all = new ArrayList<>(parts);
        all.add(rows);
        return all;
    }

    private void mixStrata(List<ColumnModel> mixed) {
        int[] stratumOf = new StratumAssignment(old).assign(columns);
        for (int s = 0; s < old.strata().size(); s++) {
            int stratum = s;
            int[] here = IntStream.range(0, stratumOf.length).filter(row -> stratumOf[row] == stratum).toArray();
            List<ModelPart> known = before.parts(s);
            double newShare = weight * here.length / stratumOf.length;
            double share = known.stream().mapToDouble(ModelPart::weight).sum() + newShare;
            if (share < FADED) {
                continue;
            }
            RowsPart rows = new RowsPart(newShare, columns, here);
            Mixture mixture = Mixture.of(old.strata().get(s).columns(), here.length > 0 ? with(known, rows) : known, mixed);
            CopulaStratum mixedStratum = mixture.stratum(share, mixture.marginals(mixed, NumberAnchors.FEW), true);
            add(s, mixedStratum, here.length == 0 ? Optional.empty()
                    : Optional.of(Mixture.of(mixedStratum.columns(), List.of(rows), List.of()).part(newShare, mixed,
                            NumberAnchors.FEWEST, true)));
        }
    }

    /** Returns the rows in a window. */
    private long rows(Panes panes) {
        return arrival.influence() instanceof Influence.Weight ? old.fittedRows() + arrival.rows() : Math.round(panes.rows());
    }

    private List<ColumnDrift> drift(Mixture whole) {
        ModelPart ofOld = ModelPart.ofMarginals(1, old.columns());
        return whole.columns().stream().map(column -> column.drift(ofOld.column(column.index()))).toList();
    }
}
