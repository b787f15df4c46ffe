package io.freshet.model.copula;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.freshet.model.ConditionException;
import io.freshet.model.Conditions;
import io.freshet.model.LearningHistory;
import io.freshet.model.RowGenerator;
import io.freshet.model.SynthesisMethod;
import io.freshet.model.SynthesisModel;
import io.freshet.model.marginal.ColumnModel;
import io.freshet.table.Schema;

/**
 * Marginals joined by a Gaussian copula. Each column's value, and whether it is missing, is a function of a latent standard
 * normal number, and the latent numbers are correlated. If that describes the table better, each of several strata of the rows
 * has a copula of its own. With the identity as the correlation, this is the model of {@link SynthesisMethod#INDEPENDENT}.
 */
public final class GaussianCopula implements SynthesisModel {

    private final SynthesisMethod method;
    private final Schema schema;
    private final List<ColumnModel> columns;
    private final List<CopulaStratum> strata;
    private final long fittedRows;
    private final LearningHistory history;

    /**
     * @param columns with the marginals of all rows
     * @param strata at least one; their columns have the same names, types and dictionaries
     */
    public GaussianCopula(SynthesisMethod method, List<ColumnModel> columns, List<CopulaStratum> strata, long fittedRows) {
        this(method, columns, strata, fittedRows, LearningHistory.NONE);
    }

    /** @param history what it has learned, by age; {@link LearningHistory#NONE} if it was not learned incrementally */
    public GaussianCopula(SynthesisMethod method, List<ColumnModel> columns, List<CopulaStratum> strata, long fittedRows,
            LearningHistory history) {
        this.method = method;
        this.columns = List.copyOf(columns);
        this.schema = new Schema(this.columns.stream().map(ColumnModel::column).toList());
        this.strata = List.copyOf(strata);
        this.fittedRows = fittedRows;
        this.history = history;
        if (strata.isEmpty() || strata.stream().anyMatch(stratum -> stratum.columns().size() != columns.size())) {
            throw new IllegalArgumentException("strata must have the columns of the model");
        }
    }

    /** Returns the copula of a model with or without constraints. */
    public static GaussianCopula of(SynthesisModel model) {
        return (GaussianCopula) model.core();
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

    /** Returns the region of each stratum, null if it has none. */
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

    /**
     * Returns the reason why no stratum can satisfy the conditions. If the columns of all rows cannot either, their reason is
     * more helpful.
     */
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

    /** Returns the columns with the marginals of all rows. */
    public List<ColumnModel> columns() {
        return columns;
    }

    public List<CopulaStratum> strata() {
        return strata;
    }

    public LearningHistory history() {
        return history;
    }

    public GaussianCopula withHistory(LearningHistory other) {
        return new GaussianCopula(method, columns, strata, fittedRows, other);
    }
}
