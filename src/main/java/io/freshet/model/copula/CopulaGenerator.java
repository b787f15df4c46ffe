package io.freshet.model.copula;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.freshet.model.RowGenerator;
import io.freshet.model.marginal.ColumnModel;
import io.freshet.model.marginal.TextValues;
import io.freshet.table.ColumnVector;
import io.freshet.table.FloatingVector;
import io.freshet.table.RowBatch;

/**
 * Draws the rows of a {@link GaussianCopula}, chunk by chunk: first the stratum of each row and then, for each stratum, the
 * latent numbers and their values. A model of one stratum without conditions writes directly into the batch; otherwise, rows
 * are drawn separately and moved to their places.
 */
final class CopulaGenerator implements RowGenerator {

    private final GaussianCopula model;
    private final StratumChoice choice;
    private final Map<Integer, Double> literals;
    private final long seed;
    private final @org.jspecify.annotations.Nullable StratumRows[] parts;
    private final int[] strata = new int[StratumChoice.CHUNK];
    private final BlockRows block = new BlockRows();
    private final boolean direct;

    CopulaGenerator(GaussianCopula model, StratumChoice choice, Map<Integer, Double> literals, long seed) {
        this.model = model;
        this.choice = choice;
        this.literals = literals;
        this.seed = seed;
        this.parts = new StratumRows[model.strata().size()];
        this.direct = choice instanceof FreeChoice && parts.length == 1;
    }

    @Override
    public RowBatch newBatch(int capacity) {
        List<ColumnVector> vectors = new ArrayList<>();
        for (ColumnModel column : model.columns()) {
            vectors.add(column.values().newVector(capacity));
        }
        return RowBatch.wrap(model.schema(), vectors);
    }

    @Override
    public void fill(RowBatch batch, long firstRow, int rows) {
        batch.hold(firstRow, rows);
        fillTexts(batch, firstRow, rows);
        for (int at = 0; at < rows; at += StratumChoice.CHUNK) {
            int size = Math.min(StratumChoice.CHUNK, rows - at);
            choice.choose(seed, firstRow + at, strata, size);
            for (int stratum = 0; stratum < parts.length; stratum++) {
                fillStratum(batch, stratum, firstRow, at, size);
            }
        }
        literals.forEach((column, literal) -> java.util.Arrays
                .fill(((FloatingVector) batch.vector(column)).values(), 0, rows, literal));
    }

    /** Texts depend on nothing but the row, and are appended in the order of the rows. */
    private void fillTexts(RowBatch batch, long firstRow, int rows) {
        for (int c = 0; c < model.columns().size(); c++) {
            if (model.columns().get(c).values() instanceof TextValues texts) {
                texts.fill(batch.vector(c), firstRow, rows, c, seed);
            }
        }
    }

    private void fillStratum(RowBatch batch, int stratum, long firstRow, int at, int size) {
        block.clear();
        for (int i = 0; i < size; i++) {
            if (strata[i] == stratum) {
                block.add(firstRow + at + i, i);
                if (block.isFull()) {
                    fillBlock(batch, stratum, at);
                }
            }
        }
        if (block.size() > 0) {
            fillBlock(batch, stratum, at);
        }
    }

    private void fillBlock(RowBatch batch, int stratum, int at) {
        StratumRows part = parts[stratum];
        if (part == null) {
            part = new StratumRows(model.strata().get(stratum), choice.normals(stratum));
            parts[stratum] = part;
        }
        if (direct) {
            part.drawInto(batch, at + block.place(0), seed, block);
        } else {
            part.drawApart(batch, at, seed, block);
        }
        block.clear();
    }
}
