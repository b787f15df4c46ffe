package io.freshet.model.online;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.freshet.model.Conditions;
import io.freshet.model.Influence;
import io.freshet.model.PartialFit;
import io.freshet.model.RowGenerator;
import io.freshet.model.gan.GanFitter;
import io.freshet.model.gan.GanModel;
import io.freshet.table.RowBatch;
import io.freshet.table.TableException;
import io.freshet.table.TableSample;

/**
 * Trains a CTGAN with further rows. Training continues from its weights, with the new rows and with rows that are drawn from
 * the old
 * model in proportion to their weights, so that it does not forget. No row is kept. A window counts as the weight of the new
 * rows among those that remain in it.
 */
final class GanLearning {

    private static final int MAX_ROWS = 200_000;
    private static final int COMPARED_ROWS = 4_000;
    private static final long SEED = 0x9a1L;

    private GanLearning() {
    }

    /**
     * @param fittedAt when the model learned what it knew before its first update
     * @throws TableException if the rows do not fit the columns of the model
     */
    static PartialFit learn(GanModel old, TableSample rows, Influence influence, Instant fittedAt, Instant now) {
        if (rows.rows().size() == 0 || influence instanceof Influence.Weight by && by.weight() == 0) {
            RowBatch known = drawn(old, COMPARED_ROWS);
            return new PartialFit(old, RowDrift.of(old.schema(), known, known, 0));
        }
        long kept = OnlineLearning.keptRows(old, rows, influence, fittedAt, now);
        double weight = OnlineLearning.share(rows, kept, influence);
        TableSample fresh = JoinedRows.of(old.schema(), List.of(rows.rows()));
        double replayed = weight >= 1 ? 0 : Math.min(MAX_ROWS, fresh.rows().size() * (1 - weight) / weight);
        List<RowBatch> parts = new ArrayList<>(List.of(fresh.rows()));
        if (replayed >= 1) {
            parts.add(drawn(old, (int) replayed));
        }
        GanModel model = GanFitter.update(old, JoinedRows.of(old.schema(), parts), kept + rows.totalRows());
        return new PartialFit(model, RowDrift.of(old.schema(), drawn(old, COMPARED_ROWS), fresh.rows(), weight));
    }

    private static RowBatch drawn(GanModel model, int size) {
        RowGenerator generator = model.generator(SEED, Conditions.none());
        RowBatch batch = generator.newBatch(size);
        generator.fill(batch, 0, size);
        return batch;
    }
}
