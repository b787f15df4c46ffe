package io.freshet.model.fit;

import java.util.stream.IntStream;

import io.freshet.model.Conditions;
import io.freshet.model.MethodChoice;
import io.freshet.model.RowGenerator;
import io.freshet.model.RowOrder;
import io.freshet.model.SynthesisMethod;
import io.freshet.model.SynthesisModel;
import io.freshet.model.tree.TreeFitter;
import io.freshet.score.Detection;
import io.freshet.table.ColumnType;
import io.freshet.table.RowBatch;
import io.freshet.table.TableSample;

/**
 * Selects trees or the copula. Both are fitted to a part of the table, and the method wins whose rows a classifier
 * distinguishes less well from held-out rows. A classifier detects what people would notice (dependence of any kind, impossible
 * combinations, wrong decimals), while distances of marginals or of pairs are small for any method. Which rows are held out
 * depends on their contents, not on their order. The scores of small tables are noisy, so they are averaged over several
 * held-out parts, and trees must win by a margin that shrinks with the number of rows.
 */
final class MethodChooser {

    /** Tables with fewer rows are too small to hold rows out. */
    static final int MIN_ROWS = 100;
    /** One row in this many is held out. */
    private static final int PARTS = 5;
    private static final int SMALL_ROWS = 1_000;
    private static final int MAX_DRAWS = 3;
    private static final int MEDIUM_ROWS = 4_000;
    private static final int MAX_HELD_OUT = 4_000;
    private static final int MAX_FITTED = 16_000;
    /** The copula takes long to fit, and has so few parameters that a few rows suffice to judge it. */
    private static final int MAX_FITTED_COPULA = 4_000;
    private static final double MAX_CELLS = 4e5;
    private static final double MIN_MARGIN = .003;
    private static final long SEED = 0xa070L;

    private final TableSample table;
    private final int target;
    private final Fitter copula;
    private final Fitter trees;
    private final int[] columns;

    /** Fits a model to some columns of the table. */
    interface Fitter {

        /** @param target the number of the target among these columns; −1 if it is not among them */
        SynthesisModel fit(TableSample part, int target);
    }

    private MethodChooser(TableSample table, int target, Fitter copula, Fitter trees) {
        this.table = table;
        this.target = target;
        this.copula = copula;
        this.trees = trees;
        this.columns = IntStream.range(0, table.schema().size()).filter(this::isCompared).toArray();
    }

    /**
     * @param table a table without constraints
     * @param target the number of the target, or −1
     */
    static MethodChoice choose(TableSample table, int target, Fitter copula, Fitter trees) {
        return new MethodChooser(table, target, copula, trees).choose();
    }

    private boolean isCompared(int column) {
        ColumnType type = table.schema().column(column).type();
        return !(type instanceof ColumnType.Identifier || type instanceof ColumnType.FreeText
                || type instanceof ColumnType.Constant || type instanceof ColumnType.Missing);
    }

    private MethodChoice choose() {
        int rows = table.rows().size();
        if (rows < MIN_ROWS || columns.length < 2 || columns.length > TreeFitter.MAX_COLUMNS / 2) {
            return MethodChoice.only(SynthesisMethod.GAUSSIAN_COPULA);
        }
        int known = IntStream.range(0, columns.length).filter(c -> columns[c] == target).findFirst().orElse(-1);
        int[] order = RowOrder.of(table.rows());
        int parts = rows < SMALL_ROWS ? PARTS : rows < MEDIUM_ROWS ? 2 : 1;
        double ofCopula = 0;
        double ofTrees = 0;
        for (int part = 0; part < parts; part++) {
            TableSample heldOut = PickedRows.of(table, columns, heldOut(order, part));
            ofCopula += detection(copula.fit(fitted(order, part, MAX_FITTED_COPULA), known), heldOut) / parts;
            ofTrees += detection(trees.fit(fitted(order, part, MAX_FITTED), known), heldOut) / parts;
        }
        return MethodChoice.of(ofCopula, ofTrees, MIN_MARGIN + .5 / Math.sqrt(rows));
    }

    private int[] heldOut(int[] order, int part) {
        return IntStream.range(0, order.length).filter(place -> place % PARTS == part).limit(MAX_HELD_OUT)
                .map(place -> order[place]).toArray();
    }

    private TableSample fitted(int[] order, int part, int max) {
        int most = (int) Math.max(MIN_ROWS, Math.min(max, MAX_CELLS / columns.length));
        return PickedRows.of(table, columns, IntStream.range(0, order.length).filter(place -> place % PARTS != part)
                .limit(most).map(place -> order[place]).toArray());
    }

    /** Small held-out parts are compared with several times as many drawn rows, because chance would decide otherwise. */
    private static double detection(SynthesisModel model, TableSample heldOut) {
        int rows = heldOut.rows().size();
        int draws = Math.max(1, Math.min(MAX_DRAWS, SMALL_ROWS / rows));
        RowGenerator generator = model.generator(SEED, Conditions.none());
        double sum = 0;
        for (int draw = 0; draw < draws; draw++) {
            RowBatch drawn = generator.newBatch(rows);
            generator.fill(drawn, (long) draw * rows, rows);
            sum += Detection.auc(heldOut.rows(), drawn);
        }
        return Math.max(.5, sum / draws);
    }
}
