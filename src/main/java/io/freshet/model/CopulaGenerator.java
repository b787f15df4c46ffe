package io.freshet.model;

import java.util.ArrayList;
import java.util.List;

import io.freshet.model.ValueModel.Block;
import io.freshet.table.CodedVector;
import io.freshet.table.ColumnVector;
import io.freshet.table.NumberVector;
import io.freshet.table.RowBatch;

/** Draws the rows of a {@link GaussianCopula}, block by block: latent numbers, then each column's values and missing ones. */
final class CopulaGenerator implements RowGenerator {

    private static final double[] NO_LATENT = {};

    private final GaussianCopula model;
    private final LatentNormals normals;
    private final long seed;
    private final double[][] z;
    private final int[] cells = new int[LatentNormals.BLOCK];
    private final double[] missingThresholds;

    CopulaGenerator(GaussianCopula model, LatentNormals normals, long seed) {
        this.model = model;
        this.normals = normals;
        this.seed = seed;
        this.z = new double[model.latent().size()][LatentNormals.BLOCK];
        this.missingThresholds = model.columns().stream().mapToDouble(ColumnModel::missingThreshold).toArray();
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
        for (int at = 0; at < rows; at += LatentNormals.BLOCK) {
            fillBlock(batch, firstRow + at, at, Math.min(LatentNormals.BLOCK, rows - at));
        }
    }

    private void fillBlock(RowBatch batch, long firstRow, int at, int rows) {
        normals.draw(seed, firstRow, z, rows);
        LatentSpace latent = model.latent();
        for (int c = 0; c < model.columns().size(); c++) {
            int dimension = latent.valueDimension()[c];
            double[] numbers = dimension == LatentSpace.NONE ? NO_LATENT : z[dimension];
            ColumnVector vector = batch.vector(c);
            model.columns().get(c).values().fill(vector, new Block(numbers, cells, at, rows, firstRow, c, seed));
            int missing = latent.missingDimension()[c];
            if (missing != LatentSpace.NONE) {
                takeAway(vector, z[missing], missingThresholds[c], at, rows);
            }
        }
    }

    private static void takeAway(ColumnVector vector, double[] z, double threshold, int at, int rows) {
        if (vector instanceof CodedVector coded) {
            int[] codes = coded.codes();
            int missing = coded.dictionary().size();
            for (int i = 0; i < rows; i++) {
                codes[at + i] = z[i] >= threshold ? missing : codes[at + i];
            }
        } else if (vector instanceof NumberVector numbers) {
            long[] values = numbers.values();
            for (int i = 0; i < rows; i++) {
                values[at + i] = z[i] >= threshold ? NumberVector.MISSING : values[at + i];
            }
        } else {
            for (int i = 0; i < rows; i++) {
                if (z[i] >= threshold) {
                    vector.setMissing(at + i);
                }
            }
        }
    }
}
