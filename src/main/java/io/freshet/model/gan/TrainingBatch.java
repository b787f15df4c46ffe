package io.freshet.model.gan;

import java.util.Arrays;

import io.freshet.model.GanOptions;
import io.freshet.model.gan.NetworkLayout.Span;
import io.freshet.stats.Draws;
import io.freshet.stats.Normal;

/**
 * The conditions of a batch, and the rows of the table that satisfy them. Every random number is a function of the seed, the
 * number of the step and the row. Mutable; not thread-safe.
 */
final class TrainingBatch {

    private static final int TAG = 0x6a45;
    /** The uses of random numbers, in the lower bits of the block; rows are in the upper bits. */
    private static final int CONDITIONS = 1;
    private static final int NOISE = 2;
    private static final int GUMBEL = 3;
    private static final int ROWS = 4;
    private static final int USES = 4;

    private final NetworkLayout layout;
    private final ConditionSampler conditions;
    private final int embeddingDim;
    private final long seed;
    private final int[] columns;
    private final int[] modes;
    private final int[] order;
    private final double[] normals;
    private final long[] words;

    TrainingBatch(NetworkLayout layout, ConditionSampler conditions, GanOptions options, int rows) {
        this.layout = layout;
        this.conditions = conditions;
        this.embeddingDim = options.embeddingDim();
        this.seed = options.seed();
        this.columns = new int[rows];
        this.modes = new int[rows];
        this.order = new int[rows];
        this.normals = new double[embeddingDim];
        this.words = new long[embeddingDim];
    }

    /** Draws a condition for each row, and another order of the conditions for the real rows. */
    void draw(long step) {
        Draws draws = Draws.of(step, CONDITIONS, TAG, seed);
        for (int i = 0; i < order.length; i++) {
            order[i] = i;
            if (!conditions.isEmpty()) {
                columns[i] = conditions.column(draws);
                modes[i] = conditions.mode(columns[i], draws);
            }
        }
        for (int i = order.length - 1; i > 0; i--) {
            int other = draws.below(i + 1);
            int swap = order[i];
            order[i] = order[other];
            order[other] = swap;
        }
    }

    boolean hasConditions() {
        return !conditions.isEmpty();
    }

    /** Returns the column of the condition of a row. */
    Span span(int row) {
        return layout.conditional().get(columns[row]);
    }

    /** Returns the mode that the condition of a row asks for. */
    int mode(int row) {
        return modes[row];
    }

    /** Writes the input of the generator: random numbers, then the conditions. */
    void fillInput(long step, float[][] input) {
        Draws draws = new Draws();
        for (int i = 0; i < input.length; i++) {
            draws.restart(step, NOISE | i << USES, TAG, seed);
            for (int j = 0; j < words.length; j++) {
                words[j] = draws.word();
            }
            Normal.ofWords(words, normals, words.length);
            for (int j = 0; j < normals.length; j++) {
                input[i][j] = (float) normals[j];
            }
            writeCondition(i, input[i], embeddingDim);
        }
    }

    /** Returns the random numbers of the Gumbel softmax of a row. */
    Draws gumbel(long step, int row) {
        return Draws.of(step, GUMBEL | row << USES, TAG, seed);
    }

    /** Writes the condition vector of a row. */
    void writeCondition(int row, float[] to, int at) {
        Arrays.fill(to, at, at + layout.conditionWidth(), 0);
        if (!conditions.isEmpty()) {
            to[at + span(row).condition() + modes[row]] = 1;
        }
    }

    /**
     * Writes packs of rows of the table that satisfy the conditions, in another order, each with its condition.
     *
     * @param pac the number of rows of a pack
     */
    void fillReal(long step, EncodedRows table, float[][] packs, int pac) {
        Draws draws = Draws.of(step, ROWS, TAG, seed);
        int width = layout.width() + layout.conditionWidth();
        for (int i = 0; i < order.length; i++) {
            float[] pack = packs[i / pac];
            int at = i % pac * width;
            int from = order[i];
            int row = conditions.isEmpty() ? draws.below(table.rows())
                    : table.row(conditions.span(columns[from]), modes[from], draws);
            table.write(row, pack, at);
            writeCondition(from, pack, at + layout.width());
        }
    }

    /** Writes packs of generated rows, each with its condition. */
    void fillFake(float[][] rows, float[][] packs, int pac) {
        int width = layout.width() + layout.conditionWidth();
        for (int i = 0; i < order.length; i++) {
            float[] pack = packs[i / pac];
            int at = i % pac * width;
            System.arraycopy(rows[i], 0, pack, at, layout.width());
            writeCondition(i, pack, at + layout.width());
        }
    }
}
