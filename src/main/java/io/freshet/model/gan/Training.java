package io.freshet.model.gan;

import java.util.ArrayList;
import java.util.List;

import io.freshet.model.GanOptions;
import io.freshet.stats.Draws;

/**
 * The training of the two networks. Every random number is a function of the seed and the number of the step, so that training
 * continues from a checkpoint as if it had never been interrupted. Mutable; not thread-safe.
 */
final class Training {

    private static final double PENALTY = 10;
    private static final int TAG = 0x6a46;
    private static final int WEIGHTS = 0;
    private static final int DROPOUT = 1;
    private static final int MIX = 2;
    /** The number of rows from which the moments of the batch normalisation are taken in the end. */
    static final int MOMENT_ROWS = 4_000;

    private final GanOptions options;
    private final List<ColumnModes> columns;
    private final NetworkLayout layout;
    private final EncodedRows table;
    private final Workers workers;
    private final OutputActivation activation;
    private final TrainingBatch batch;
    private final GeneratorNetwork generator;
    private final Critic critic;
    private final Adam generatorAdam;
    private final Adam criticAdam;
    private final float[][] fake;
    private final float[][] gradient;
    private final float[][] fakePacks;
    private final float[][] realPacks;
    private final float[] probabilities;
    private long step;
    private double generatorLoss;
    private double criticLoss;

    Training(GanOptions options, List<ColumnModes> columns, NetworkLayout layout, EncodedRows table, Workers workers) {
        this.options = options;
        this.columns = columns;
        this.layout = layout;
        this.table = table;
        this.workers = workers;
        this.activation = new OutputActivation(layout);
        int rows = options.batchSize();
        int packs = rows / options.pac();
        int packWidth = options.pac() * (layout.width() + layout.conditionWidth());
        this.batch = new TrainingBatch(layout, ConditionSampler.byLogFrequency(layout, columns), options, rows);
        Draws draws = Draws.of(0, WEIGHTS, TAG, options.seed());
        this.generator = new GeneratorNetwork(options.embeddingDim() + layout.conditionWidth(), options.generatorDim(),
                layout.width(), rows, draws);
        this.critic = new Critic(packWidth, options.discriminatorDim(), packs, draws);
        this.generatorAdam = new Adam(generator.parameters(), options.generatorRate(), options.generatorDecay());
        this.criticAdam = new Adam(critic.parameters(), options.discriminatorRate(), options.discriminatorDecay());
        this.fake = Matrices.create(rows, layout.width());
        this.gradient = Matrices.create(rows, layout.width());
        this.fakePacks = Matrices.create(packs, packWidth);
        this.realPacks = Matrices.create(packs, packWidth);
        this.probabilities = new float[layout.width()];
    }

    /** Starts with the weights of a model of the same columns. */
    void startFrom(GanModel old) {
        WarmStart.apply(old, columns, layout, generator, critic);
    }

    /** Returns the number of steps of an epoch. */
    int stepsPerEpoch() {
        return Math.max(1, table.rows() / options.batchSize());
    }

    /** Takes one step of the critic, or as many as the options say, and one of the generator. */
    void step() {
        double loss = 0;
        for (int n = 0; n < options.discriminatorSteps(); n++) {
            loss = criticStep();
        }
        criticLoss = loss;
        generatorLoss = generatorStep();
    }

    double generatorLoss() {
        return generatorLoss;
    }

    double criticLoss() {
        return criticLoss;
    }

    /** Draws conditions and random numbers, from which the generator makes a batch of rows. */
    private void generate() {
        step++;
        batch.draw(step);
        batch.fillInput(step, generator.input());
        generator.forward(workers);
        workers.forRows(fake.length, (from, to) -> {
            for (int i = from; i < to; i++) {
                activation.forward(generator.output()[i], fake[i], batch.gumbel(step, i));
            }
        });
    }

    private double criticStep() {
        generate();
        batch.fillFake(fake, fakePacks, options.pac());
        batch.fillReal(step, table, realPacks, options.pac());
        Draws dropout = Draws.of(step, DROPOUT, TAG, options.seed());
        double ofFake = score(fakePacks, dropout);
        critic.backward(1, workers);
        double ofReal = score(realPacks, dropout);
        critic.backward(-1, workers);
        mix(Draws.of(step, MIX, TAG, options.seed()));
        critic.forward(dropout, workers);
        critic.penalise(PENALTY, workers);
        criticAdam.step(workers);
        return ofFake - ofReal;
    }

    private double score(float[][] packs, Draws dropout) {
        for (int i = 0; i < packs.length; i++) {
            System.arraycopy(packs[i], 0, critic.input()[i], 0, packs[i].length);
        }
        return critic.forward(dropout, workers);
    }

    /** Writes random points between real and generated packs. */
    private void mix(Draws draws) {
        for (int i = 0; i < realPacks.length; i++) {
            float share = (float) draws.uniform();
            float[] real = realPacks[i];
            float[] made = fakePacks[i];
            float[] to = critic.input()[i];
            for (int j = 0; j < to.length; j++) {
                to[j] = share * real[j] + (1 - share) * made[j];
            }
        }
    }

    private double generatorStep() {
        generate();
        batch.fillFake(fake, fakePacks, options.pac());
        double loss = -score(fakePacks, Draws.of(step, DROPOUT, TAG, options.seed()));
        critic.backwardToInput(-1, workers);
        int width = layout.width() + layout.conditionWidth();
        float weight = 1f / fake.length;
        for (int i = 0; i < fake.length; i++) {
            System.arraycopy(critic.inputGradient()[i / options.pac()], i % options.pac() * width, gradient[i], 0,
                    layout.width());
            activation.backward(fake[i], gradient[i]);
            if (batch.hasConditions()) {
                loss += OutputActivation.addCrossEntropy(generator.output()[i], batch.span(i), batch.mode(i), weight,
                        probabilities, gradient[i]);
            }
        }
        generator.backward(gradient, workers);
        generatorAdam.step(workers);
        return loss;
    }

    /** Returns the trained generator. */
    GeneratorWeights generatorWeights() {
        TrainingBatch sample = new TrainingBatch(layout, ConditionSampler.byFrequency(layout, columns), options, MOMENT_ROWS);
        sample.draw(0);
        float[][] input = Matrices.create(MOMENT_ROWS, options.embeddingDim() + layout.conditionWidth());
        sample.fillInput(0, input);
        return generator.weights(input, workers);
    }

    /** Returns the parameters of the generator, then those of the critic. */
    List<Parameter> parameters() {
        List<Parameter> all = new ArrayList<>(generator.parameters());
        all.addAll(critic.parameters());
        return all;
    }

    /** Returns the layers of the critic. */
    List<GeneratorWeights.Linear> criticLayers() {
        return critic.layers().stream().map(GeneratorWeights.Linear::of).toList();
    }

    /** Returns a number that differs for other tables. */
    long fingerprint() {
        return 31L * table.fingerprint() + layout.spans().hashCode();
    }

    /** Returns the number of batches that were generated. */
    long batches() {
        return step;
    }

    int steps() {
        return generatorAdam.steps();
    }

    /** Continues after a number of steps of the generator, and of batches, with the parameters of that time. */
    void resumeAfter(int steps, long batches) {
        generatorAdam.resumeAfter(steps);
        criticAdam.resumeAfter(steps * options.discriminatorSteps());
        step = batches;
    }
}
