package io.freshet.model.copula;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

import io.freshet.model.marginal.ColumnModel;
import io.freshet.model.marginal.DependentSteps;
import io.freshet.model.marginal.TextValues;
import io.freshet.table.CodedVector;
import io.freshet.table.ColumnVector;
import io.freshet.table.FloatingVector;
import io.freshet.table.NumberVector;
import io.freshet.table.RowBatch;
import io.freshet.table.TextVector;

/** Draws blocks of rows of one stratum. Holds scratch memory; not thread-safe. */
final class StratumRows {

    private static final double[] NO_LATENT = {};

    private final CopulaStratum stratum;
    private final LatentNormals normals;
    private final double[][] z;
    private final int[] scratch = new int[BlockRows.MOST];
    private final double[] missingThresholds;
    private final List<ColumnVector> apart = new ArrayList<>();
    /** The columns in an order in which none precedes its parent. */
    private final int[] order;

    StratumRows(CopulaStratum stratum, LatentNormals normals) {
        this.stratum = stratum;
        this.normals = normals;
        this.z = new double[stratum.latent().size()][BlockRows.MOST];
        this.missingThresholds = stratum.columns().stream().mapToDouble(ColumnModel::missingThreshold).toArray();
        this.order = stratum.parentsFirst();
        stratum.columns().forEach(column -> apart.add(column.values().newVector(BlockRows.MOST)));
    }

    /** Writes the rows of the block, which are consecutive, into the batch from {@code at} on. */
    void drawInto(RowBatch batch, int at, long seed, BlockRows block) {
        normals.draw(seed, block, z);
        for (int c : order) {
            fill(batch.vector(c), batch::vector, c, at, block.size());
        }
    }

    /** Writes the rows of the block to their places in the batch, counted from {@code at}. */
    void drawApart(RowBatch batch, int at, long seed, BlockRows block) {
        normals.draw(seed, block, z);
        for (int c : order) {
            if (stratum.columns().get(c).values() instanceof TextValues) {
                missTexts((TextVector) batch.vector(c), c, at, block);
            } else {
                fill(apart.get(c), apart::get, c, 0, block.size());
                move(apart.get(c), batch.vector(c), at, block);
            }
        }
    }

    private void fill(ColumnVector vector, IntFunction<ColumnVector> others, int column, int at, int rows) {
        ColumnModel model = stratum.columns().get(column);
        int dimension = stratum.latent().valueDimension()[column];
        double[] latent = dimension == LatentSpace.NONE ? NO_LATENT : z[dimension];
        if (model.values() instanceof DependentSteps dependent) {
            dependent.fill(vector, others.apply(dependent.parent()), latent, at, rows);
        } else {
            model.values().fill(vector, latent, scratch, at, rows);
        }
        int missing = stratum.latent().missingDimension()[column];
        if (missing != LatentSpace.NONE) {
            takeAway(vector, z[missing], missingThresholds[column], at, rows);
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

    private void missTexts(TextVector texts, int column, int at, BlockRows block) {
        int missing = stratum.latent().missingDimension()[column];
        for (int i = 0; missing != LatentSpace.NONE && i < block.size(); i++) {
            if (z[missing][i] >= missingThresholds[column]) {
                texts.setMissing(at + block.place(i));
            }
        }
    }

    private static void move(ColumnVector from, ColumnVector to, int at, BlockRows block) {
        int rows = block.size();
        if (from instanceof CodedVector coded) {
            int[] target = ((CodedVector) to).codes();
            for (int i = 0; i < rows; i++) {
                target[at + block.place(i)] = coded.codes()[i];
            }
        } else if (from instanceof NumberVector numbers) {
            long[] target = ((NumberVector) to).values();
            for (int i = 0; i < rows; i++) {
                target[at + block.place(i)] = numbers.values()[i];
            }
        } else {
            double[] source = ((FloatingVector) from).values();
            double[] target = ((FloatingVector) to).values();
            for (int i = 0; i < rows; i++) {
                target[at + block.place(i)] = source[i];
            }
        }
    }
}
