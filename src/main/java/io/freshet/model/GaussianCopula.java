package io.freshet.model;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.freshet.table.Schema;

/**
 * Marginals joined by a Gaussian copula: each column's value, and whether it is missing, is a function of a latent standard
 * normal number, and the latent numbers are correlated; where it pays, separately in each of several strata of the rows. With
 * the identity as correlation it is the model of {@link SynthesisMethod#INDEPENDENT}.
 */
final class GaussianCopula implements SynthesisModel {

    private final SynthesisMethod method;
    private final Schema schema;
    private final List<ColumnModel> columns;
    private final List<CopulaStratum> strata;
    private final long fittedRows;
    private final Panes panes;

    /**
     * @param columns with the marginals of all rows
     * @param strata at least one; their columns are of the same names, types and dictionaries
     */
    GaussianCopula(SynthesisMethod method, List<ColumnModel> columns, List<CopulaStratum> strata, long fittedRows) {
        this(method, columns, strata, fittedRows, Panes.NONE);
    }

    /** @param panes what it has learned, by age; none if it was not learned bit by bit */
    GaussianCopula(SynthesisMethod method, List<ColumnModel> columns, List<CopulaStratum> strata, long fittedRows,
            Panes panes) {
        this.method = method;
        this.columns = List.copyOf(columns);
        this.schema = new Schema(this.columns.stream().map(ColumnModel::column).toList());
        this.strata = List.copyOf(strata);
        this.fittedRows = fittedRows;
        this.panes = panes;
        if (strata.isEmpty() || strata.stream().anyMatch(stratum -> stratum.columns().size() != columns.size())) {
            throw new IllegalArgumentException("strata must have the columns of the model");
        }
    }

    /** The copula of a model, be it constrained or not. */
    static GaussianCopula of(SynthesisModel model) {
        return model instanceof ConstrainedModel constrained ? constrained.inner() : (GaussianCopula) model;
    }

    @Override
    public SynthesisMethod method() {
        return method;
    }

    @Override
    public Schema schema() {
        return schema;
    }

    @Override
    public long fittedRows() {
        return fittedRows;
    }

    @Override
    public RowGenerator generator(long seed, Conditions conditions) {
        if (conditions.isEmpty()) {
            return new CopulaGenerator(this, new FreeChoice(strata), Map.of(), seed);
        }
        @Nullable
        LatentRegion[] regions = regions(conditions);
        Map<Integer, Double> literals = Map.of();
        for (LatentRegion region : regions) {
            literals = region == null ? literals : region.literals();
        }
        return new CopulaGenerator(this, new ConditionedChoice(strata, regions), literals, seed);
    }

    @Override
    public double probability(Conditions conditions) {
        return conditions.isEmpty() ? 1 : new ConditionedChoice(strata, regions(conditions)).probability();
    }

    /** The region of each stratum, null where it has none. */
    private @Nullable LatentRegion[] regions(Conditions conditions) {
        @Nullable
        LatentRegion[] regions = new LatentRegion[strata.size()];
        ConditionException refusal = null;
        boolean possible = false;
        for (int s = 0; s < regions.length; s++) {
            try {
                regions[s] = LatentRegion.of(strata.get(s), conditions);
                possible = true;
            } catch (ConditionException e) {
                refusal = e;
            }
        }
        if (!possible && refusal != null) {
            throw refusal(conditions, refusal);
        }
        return regions;
    }

    /** No stratum can: if the columns of all rows cannot either, their reason is the better one. */
    private ConditionException refusal(Conditions conditions, ConditionException ofStratum) {
        if (strata.size() == 1) {
            return ofStratum;
        }
        try {
            LatentRegion.ofMarginals(columns, conditions);
        } catch (ConditionException e) {
            return e;
        }
        return new ConditionException(ofStratum.column(),
                ofStratum.column() + " never has such a value together with the other conditions");
    }

    /** The columns with the marginals of all rows. */
    List<ColumnModel> columns() {
        return columns;
    }

    List<CopulaStratum> strata() {
        return strata;
    }

    Panes panes() {
        return panes;
    }

    GaussianCopula withPanes(Panes others) {
        return new GaussianCopula(method, columns, strata, fittedRows, others);
    }
}
