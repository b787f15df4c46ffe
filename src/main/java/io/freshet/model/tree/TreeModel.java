package io.freshet.model.tree;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.freshet.model.ColumnSummary;
import io.freshet.model.ConditionCache;
import io.freshet.model.Conditions;
import io.freshet.model.DescribedModel;
import io.freshet.model.RowGenerator;
import io.freshet.model.SynthesisMethod;
import io.freshet.table.Column;
import io.freshet.table.Schema;

/**
 * Autoregressive trees. Columns are drawn in a fixed order, each from the leaf of its tree that the previous columns select.
 */
public final class TreeModel implements DescribedModel {

    private final Schema schema;
    private final List<ColumnCodes> columns;
    private final List<Predictor> predictors;
    private final List<ColumnTree> trees;
    private final double shrinkage;
    private final int target;
    private final long fittedRows;
    private final List<TreeSegment> segments;
    private final ConditionCache<ConditionedTrees> conditioned = new ConditionCache<>();

    /**
     * @param trees the trees in the order in which the columns are drawn
     * @param target the number of the column that every other depends on, or {@link TreeOptions#NO_TARGET}
     */
    TreeModel(List<ColumnCodes> columns, List<ColumnTree> trees, double shrinkage, int target, long fittedRows) {
        this(columns, trees, shrinkage, target, fittedRows, List.of());
    }

    private TreeModel(List<ColumnCodes> columns, List<ColumnTree> trees, double shrinkage, int target, long fittedRows,
            List<TreeSegment> segments) {
        this.columns = List.copyOf(columns);
        this.predictors = Predictor.of(columns);
        this.trees = List.copyOf(trees);
        this.shrinkage = shrinkage;
        this.target = target;
        this.fittedRows = fittedRows;
        this.segments = List.copyOf(segments);
        this.schema = new Schema(columns.stream().map(ColumnCodes::column).toList());
    }

    @Override
    public SynthesisMethod method() {
        return SynthesisMethod.TREES;
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
        return conditions.isEmpty() ? new TreeGenerator(this, seed)
                : new ConditionedTreeGenerator(this, conditioned(conditions), seed);
    }

    @Override
    public double probability(Conditions conditions) {
        return conditions.isEmpty() ? 1 : conditioned(conditions).probability();
    }

    /**
     * Caches the restricted trees, because restricting all leaves costs as much as drawing thousands of rows, and a stream and
     * its probability use the same conditions.
     */
    private ConditionedTrees conditioned(Conditions conditions) {
        return conditioned.get(conditions, wanted -> ConditionedTrees.of(this, wanted));
    }

    /**
     * Returns this model with the text patterns of another model of the same columns.
     *
     * @param rows the number of rows to which both models were fitted
     */
    public TreeModel withTextsOf(TreeModel other, long rows) {
        List<ColumnCodes> same = new ArrayList<>();
        for (int c = 0; c < columns.size(); c++) {
            same.add(columns.get(c).kind() == CodeKind.TEXT ? other.columns.get(c) : columns.get(c));
        }
        return new TreeModel(same, trees, shrinkage, target, rows);
    }

    /** Returns this model with the segments of the window that it describes, oldest first. */
    public TreeModel withSegments(List<TreeSegment> others) {
        return new TreeModel(columns, trees, shrinkage, target, fittedRows, others);
    }

    /** Returns the segments of the window, oldest first; empty if the model was not learned in a window. */
    public List<TreeSegment> segments() {
        return segments;
    }

    @Override
    public Map<Column, Long> textCapacities() {
        Map<Column, Long> capacities = new LinkedHashMap<>();
        columns.forEach(codes -> codes.pattern().ifPresent(form -> capacities.put(codes.column(), form.size())));
        return capacities;
    }

    @Override
    public List<ColumnSummary> summaries() {
        return trees.stream().sorted(Comparator.comparingInt(ColumnTree::column))
                .map(tree -> summary(columns.get(tree.column()), tree.laws().overall())).toList();
    }

    private static ColumnSummary summary(ColumnCodes codes, double[] law) {
        return codes.summary(law[codes.missing()], () -> shares(codes, law));
    }

    private static Map<String, Double> shares(ColumnCodes codes, double[] law) {
        Map<String, Double> shares = new LinkedHashMap<>();
        Segments segments = codes.segments();
        for (int code = 0; code < segments.codes(); code++) {
            for (int s = segments.first(code); s < segments.first(code + 1) && shares.size() < ColumnSummary.MAX_SHARES; s++) {
                shares.put(codes.names().text((int) segments.low(s)),
                        law[code] * segments.mass(s) / segments.massOf(code) / (1 - law[codes.missing()]));
            }
        }
        return shares;
    }

    @Override
    public double least(int column) {
        return columns.get(column).leastValue();
    }

    @Override
    public double greatest(int column) {
        return columns.get(column).greatestValue();
    }

    List<ColumnCodes> columns() {
        return columns;
    }

    List<Predictor> predictors() {
        return predictors;
    }

    /** Returns the trees in the order in which columns are drawn. */
    List<ColumnTree> trees() {
        return trees;
    }

    double shrinkage() {
        return shrinkage;
    }

    /** Returns the number of the column that every other depends on, or {@link TreeOptions#NO_TARGET}. */
    public int target() {
        return target;
    }
}
