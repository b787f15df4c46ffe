package io.freshet.model.gan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.freshet.model.ColumnSummary;
import io.freshet.model.ConditionCache;
import io.freshet.model.Conditions;
import io.freshet.model.DescribedModel;
import io.freshet.model.GanOptions;
import io.freshet.model.RowGenerator;
import io.freshet.model.SynthesisMethod;
import io.freshet.model.tree.ColumnCodes;
import io.freshet.model.tree.Segments;
import io.freshet.table.Column;
import io.freshet.table.Schema;

/** A trained CTGAN. Immutable and thread-safe. */
public final class GanModel implements DescribedModel {

    private final Schema schema;
    private final List<ColumnModes> columns;
    private final NetworkLayout layout;
    private final ConditionSampler sampler;
    private final GeneratorWeights weights;
    private final List<GeneratorWeights.Linear> folded;
    private final List<GeneratorWeights.Linear> critic;
    private final GanOptions options;
    private final TrainingReport report;
    private final long fittedRows;
    private final ConditionCache<GanConditions> restricted = new ConditionCache<>();

    /** @param critic the layers of the critic, with which training continues; empty if they are not known */
    GanModel(List<ColumnModes> columns, GeneratorWeights weights, List<GeneratorWeights.Linear> critic, GanOptions options,
            TrainingReport report, long fittedRows) {
        this.columns = List.copyOf(columns);
        this.layout = NetworkLayout.of(columns);
        this.sampler = ConditionSampler.byFrequency(layout, columns);
        this.weights = weights;
        this.critic = List.copyOf(critic);
        this.options = options;
        this.report = report;
        this.fittedRows = fittedRows;
        this.schema = new Schema(columns.stream().map(column -> column.codes().column()).toList());
        List<GeneratorWeights.Linear> layers = new ArrayList<>();
        weights.blocks().forEach(block -> layers.add(block.folded()));
        layers.add(weights.last());
        this.folded = List.copyOf(layers);
    }

    @Override
    public SynthesisMethod method() {
        return SynthesisMethod.CTGAN;
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
        return new GanGenerator(this, conditions.isEmpty() ? null : restricted(conditions), seed);
    }

    @Override
    public double probability(Conditions conditions) {
        return conditions.isEmpty() ? 1 : restricted(conditions).probability();
    }

    private GanConditions restricted(Conditions conditions) {
        return restricted.get(conditions, wanted -> GanConditions.of(this, wanted));
    }

    @Override
    public List<ColumnSummary> summaries() {
        return columns.stream().map(GanModel::summary).toList();
    }

    private static ColumnSummary summary(ColumnModes modes) {
        return modes.codes().summary(modes.missingShare(), () -> shares(modes.codes()));
    }

    private static Map<String, Double> shares(ColumnCodes codes) {
        Map<String, Double> shares = new LinkedHashMap<>();
        Segments segments = codes.segments();
        double all = 0;
        for (int code = 0; code < segments.codes(); code++) {
            all += segments.massOf(code);
        }
        for (int code = 0; code < segments.codes(); code++) {
            for (int s = segments.first(code); s < segments.first(code + 1) && shares.size() < ColumnSummary.MAX_SHARES; s++) {
                shares.put(codes.names().text((int) segments.low(s)), segments.mass(s) / all);
            }
        }
        return shares;
    }

    @Override
    public Map<Column, Long> textCapacities() {
        Map<Column, Long> capacities = new LinkedHashMap<>();
        columns.forEach(column -> column.codes().pattern()
                .ifPresent(form -> capacities.put(column.codes().column(), form.size())));
        return capacities;
    }

    @Override
    public double least(int column) {
        return columns.get(column).codes().leastValue();
    }

    @Override
    public double greatest(int column) {
        return columns.get(column).codes().greatestValue();
    }

    /** Returns how the model was trained. */
    public TrainingReport report() {
        return report;
    }

    /** Returns the options of the training. */
    public GanOptions options() {
        return options;
    }

    List<ColumnModes> columns() {
        return columns;
    }

    NetworkLayout layout() {
        return layout;
    }

    /** Returns the sampler of the conditions of rows. */
    ConditionSampler sampler() {
        return sampler;
    }

    GeneratorWeights weights() {
        return weights;
    }

    /** Returns the layers of the generator with the batch normalisation folded into them. */
    List<GeneratorWeights.Linear> folded() {
        return folded;
    }

    /** Returns the layers of the critic; empty if they are not known. */
    List<GeneratorWeights.Linear> critic() {
        return critic;
    }
}
