package io.freshet.model.online;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.freshet.model.Conditions;
import io.freshet.model.Influence;
import io.freshet.model.PartialFit;
import io.freshet.model.RowGenerator;
import io.freshet.model.tree.TreeFitter;
import io.freshet.model.tree.TreeModel;
import io.freshet.model.tree.TreeSegment;
import io.freshet.table.RowBatch;
import io.freshet.table.TableException;
import io.freshet.table.TableSample;

/**
 * Teaches trees more rows. A model is fitted to the new rows alone, and the updated model is fitted to rows that are drawn from
 * both models in proportion to their weights, or from the segments of a window. No row is kept; new names and ranges appear,
 * and the structure follows the data.
 */
final class TreeLearning {

    private static final int MAX_DRAWN = 60_000;
    private static final double MAX_CELLS = 3e6;
    private static final int MIN_DRAWN = 5_000;
    private static final long OLD_SEED = 0x01dL;
    private static final long NEW_SEED = 0x0e3L;

    private final TreeModel old;
    private final TableSample rows;
    private final int size;

    private TreeLearning(TreeModel old, TableSample rows) {
        this.old = old;
        this.rows = rows;
        this.size = (int) Math.max(MIN_DRAWN, Math.min(MAX_DRAWN, MAX_CELLS / old.schema().size()));
    }

    /**
     * @param fittedAt when the model learned what it knew before its first update
     * @throws TableException if the rows do not fit the columns of the model
     */
    static PartialFit learn(TreeModel old, TableSample rows, Influence influence, Instant fittedAt, Instant now) {
        TreeLearning learning = new TreeLearning(old, rows);
        if (rows.rows().size() == 0 || influence instanceof Influence.Weight by && by.weight() == 0) {
            return learning.unchanged();
        }
        TableSample fresh = JoinedRows.of(old.schema(), List.of(rows.rows()));
        TreeModel ofNew = TreeFitter.fit(fresh, old);
        return influence instanceof Influence.Weight by ? learning.byWeight(by.weight(), fresh, ofNew, now)
                : learning.inWindow(influence, ofNew, fittedAt, now);
    }

    private PartialFit unchanged() {
        RowBatch known = draw(old, OLD_SEED, size);
        return new PartialFit(old, RowDrift.of(old.schema(), known, known, 0));
    }

    private PartialFit inWindow(Influence window, TreeModel ofNew, Instant fittedAt, Instant now) {
        TreeModel model = new TreeWindow(old, window).after(ofNew, rows.totalRows(), fittedAt, now, size);
        return new PartialFit(model, RowDrift.of(old.schema(), draw(old, OLD_SEED, size), draw(model, NEW_SEED, size), 1));
    }

    private PartialFit byWeight(double weight, TableSample fresh, TreeModel ofNew, Instant now) {
        RowBatch known = draw(old, OLD_SEED, size);
        int fromNew = (int) Math.max(1, Math.round(weight * size));
        List<RowBatch> parts = new ArrayList<>();
        parts.add(draw(ofNew, NEW_SEED, fromNew));
        if (fromNew < size) {
            known.hold(0, size - fromNew);
            parts.add(known);
        }
        TreeModel mixed = TreeFitter.fit(JoinedRows.of(old.schema(), parts), old)
                .withTextsOf(old, old.fittedRows() + rows.totalRows());
        return new PartialFit(mixed.withSegments(segments(mixed, now)), RowDrift.of(old.schema(), known, fresh.rows(), weight));
    }

    /** A window that follows treats what was learned by weight as one segment. */
    private List<TreeSegment> segments(TreeModel mixed, Instant now) {
        if (old.segments().isEmpty()) {
            return List.of();
        }
        Instant from = old.segments().get(0).from();
        return List.of(new TreeSegment(mixed.fittedRows(), 1, from, now.isBefore(from) ? from : now, mixed));
    }

    static RowBatch draw(TreeModel model, long seed, int size) {
        RowGenerator generator = model.generator(seed, Conditions.none());
        RowBatch batch = generator.newBatch(size);
        generator.fill(batch, 0, size);
        return batch;
    }
}
