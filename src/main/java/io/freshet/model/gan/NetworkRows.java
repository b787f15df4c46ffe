package io.freshet.model.gan;

import java.util.Arrays;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.freshet.model.gan.NetworkLayout.Span;
import io.freshet.stats.AliasTable;
import io.freshet.stats.Draws;
import io.freshet.stats.Normal;

/**
 * Draws the modes and positions of a block of rows from the generator. Each row has random numbers of its own, addressed by
 * seed,
 * row and proposal, and passes through the network alone, so it does not depend on the block. Mutable working memory; not
 * thread-safe.
 */
final class NetworkRows {

    /** The largest number of rows in a block. */
    static final int BLOCK = 64;
    /** The mode of a column that cannot satisfy its conditions in a row. */
    static final int NONE = -1;
    private static final int TAG = 0x6a4f;

    private final GanModel model;
    private final @Nullable GanConditions conditions;
    private final long seed;
    private final List<Span> spans;
    private final Draws[] draws = new Draws[BLOCK];
    /** The input of each layer by row. */
    private final float[][][] inputs;
    private final float[][][] hidden;
    private final float[][] output;
    private final double[] normals;
    private final long[] words;
    private final double[] masses;
    private final double[] weights = new double[BLOCK];
    private final double[] forcedWeights = new double[BLOCK];
    /** The modes and positions by span and row. */
    private final int[][] modes;
    private final float[][] positions;

    NetworkRows(GanModel model, @Nullable GanConditions conditions, long seed) {
        this.model = model;
        this.conditions = conditions;
        this.seed = seed;
        this.spans = model.layout().spans();
        int embedding = model.options().embeddingDim();
        int width = embedding + model.layout().conditionWidth();
        int layers = model.folded().size();
        this.inputs = new float[layers][][];
        this.hidden = new float[layers][][];
        for (int l = 0; l < layers; l++) {
            int size = model.folded().get(l).bias().length;
            inputs[l] = Matrices.create(BLOCK, width);
            hidden[l] = Matrices.create(BLOCK, size);
            width += size;
        }
        this.output = hidden[layers - 1];
        this.normals = new double[embedding];
        this.words = new long[embedding];
        this.masses = new double[spans.stream().mapToInt(Span::modes).max().orElse(1)];
        this.modes = new int[spans.size()][BLOCK];
        this.positions = new float[spans.size()][BLOCK];
        for (int i = 0; i < BLOCK; i++) {
            draws[i] = new Draws();
        }
    }

    /**
     * Draws a block.
     *
     * @param rows the numbers of the rows
     * @param proposal the number of the proposal for each row
     */
    void draw(long[] rows, int size, int proposal) {
        for (int i = 0; i < size; i++) {
            draws[i].restart(rows[i], proposal, TAG, seed);
            fillInput(inputs[0][i], draws[i]);
        }
        int last = inputs.length - 1;
        for (int l = 0; l <= last; l++) {
            model.folded().get(l).forward(inputs[l], hidden[l], size);
            for (int i = 0; i < size && l < last; i++) {
                float[] to = inputs[l + 1][i];
                float[] from = hidden[l][i];
                for (int j = 0; j < from.length; j++) {
                    to[j] = Math.max(0, from[j]);
                }
                System.arraycopy(inputs[l][i], 0, to, from.length, inputs[l][i].length);
            }
        }
        for (int i = 0; i < size; i++) {
            weights[i] = 1;
            forcedWeights[i] = 1;
            for (int s = 0; s < spans.size(); s++) {
                choose(s, i);
            }
        }
    }

    private void fillInput(float[] input, Draws random) {
        for (int j = 0; j < words.length; j++) {
            words[j] = random.word();
        }
        Normal.ofWords(words, normals, words.length);
        for (int j = 0; j < normals.length; j++) {
            input[j] = (float) normals[j];
        }
        Arrays.fill(input, normals.length, input.length, 0);
        GanConditions required = conditions;
        AliasTable forced = required == null ? null : required.forcedModes();
        if (required != null && forced != null) {
            int column = required.forced();
            int at = spans.stream().filter(span -> span.column() == column).findFirst().orElseThrow().condition();
            input[normals.length + at + forced.draw(random.word())] = 1;
        } else if (!model.sampler().isEmpty()) {
            int column = model.sampler().column(random);
            Span span = model.layout().conditional().get(column);
            input[normals.length + span.condition() + model.sampler().mode(column, random)] = 1;
        }
    }

    /** Chooses the mode of a column by the softmax of its outputs, restricted to what satisfies the conditions. */
    private void choose(int s, int row) {
        Span span = spans.get(s);
        float[] logits = output[row];
        float position = span.offset() == NetworkLayout.NONE ? 0 : (float) Elementary.tanh(logits[span.offset()]);
        GanConditions required = conditions;
        RestrictedModes restricted = required == null ? null : required.at(span.column());
        float max = Float.NEGATIVE_INFINITY;
        for (int m = 0; m < span.modes(); m++) {
            max = Math.max(max, logits[span.first() + m]);
        }
        double all = 0;
        double passing = 0;
        for (int m = 0; m < span.modes(); m++) {
            double mass = Elementary.exp(logits[span.first() + m] - max);
            all += mass;
            masses[m] = restricted == null ? mass : mass * restricted.share(m, position);
            passing += masses[m];
        }
        if (required != null && restricted != null) {
            weights[row] *= passing / all;
            forcedWeights[row] = span.column() == required.forced() ? passing / all : forcedWeights[row];
        }
        positions[s][row] = position;
        modes[s][row] = passing > 0 ? pick(span.modes(), draws[row].uniform() * passing) : NONE;
    }

    private int pick(int size, double place) {
        double left = place;
        int last = 0;
        for (int m = 0; m < size; m++) {
            if (masses[m] > 0) {
                last = m;
                left -= masses[m];
                if (left < 0) {
                    return m;
                }
            }
        }
        return last;
    }

    /** Returns the mode of a span, or {@link #NONE} if none satisfies the conditions. */
    int mode(int span, int row) {
        return modes[span][row];
    }

    float position(int span, int row) {
        return positions[span][row];
    }

    /** Returns the probability that a row like this satisfies the conditions. */
    double weight(int row) {
        return weights[row];
    }

    /** Returns the part of the weight that is due to the column of the condition vector. */
    double forcedWeight(int row) {
        return forcedWeights[row];
    }
}
