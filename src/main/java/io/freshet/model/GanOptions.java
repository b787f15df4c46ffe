package io.freshet.model;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How CTGAN is trained.
 *
 * @param epochs how often the networks see as many rows as the table has
 * @param batchSize the number of rows in a step, a multiple of {@code pac}
 * @param pac the number of rows that the critic judges together
 * @param embeddingDim the number of random numbers from which a row is made
 * @param generatorDim the widths of the generator's residual blocks
 * @param discriminatorDim the widths of the critic's layers
 * @param generatorRate the generator's learning rate
 * @param discriminatorRate the critic's learning rate
 * @param generatorDecay the generator's weight decay
 * @param discriminatorDecay the critic's weight decay
 * @param discriminatorSteps the number of steps of the critic for each step of the generator
 * @param seed of the weights and of the training
 * @param maxTime after which training stops, however many epochs are left; empty for no limit
 */
public record GanOptions(int epochs, int batchSize, int pac, int embeddingDim, List<Integer> generatorDim,
        List<Integer> discriminatorDim, double generatorRate, double discriminatorRate, double generatorDecay,
        double discriminatorDecay, int discriminatorSteps, long seed, Optional<Duration> maxTime) {

    private static final int MAX_WIDTH = 65_536;
    private static final int MAX_LAYERS = 16;

    public GanOptions {
        generatorDim = List.copyOf(generatorDim);
        discriminatorDim = List.copyOf(discriminatorDim);
        require(epochs >= 1 && epochs <= 1_000_000, "epochs must be 1 to 1000000");
        require(pac >= 1 && pac <= 1_000, "pac must be 1 to 1000");
        require(batchSize >= 2 && batchSize <= MAX_WIDTH, "batch_size must be 2 to " + MAX_WIDTH);
        require(batchSize % pac == 0, "batch_size must be a multiple of pac");
        require(embeddingDim >= 1 && embeddingDim <= MAX_WIDTH, "embedding_dim must be 1 to " + MAX_WIDTH);
        require(isValid(generatorDim), "generator_dim must be 1 to 16 numbers of 1 to " + MAX_WIDTH);
        require(isValid(discriminatorDim), "discriminator_dim must be 1 to 16 numbers of 1 to " + MAX_WIDTH);
        require(isRate(generatorRate), "generator_lr must be greater than 0, and at most 1");
        require(isRate(discriminatorRate), "discriminator_lr must be greater than 0, and at most 1");
        require(isDecay(generatorDecay), "generator_decay must be 0 to 1");
        require(isDecay(discriminatorDecay), "discriminator_decay must be 0 to 1");
        require(discriminatorSteps >= 1 && discriminatorSteps <= 100, "discriminator_steps must be 1 to 100");
        require(maxTime.isEmpty() || maxTime.get().compareTo(Duration.ZERO) > 0, "max_seconds must be greater than 0");
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    private static boolean isValid(List<Integer> widths) {
        return !widths.isEmpty() && widths.size() <= MAX_LAYERS
                && widths.stream().allMatch(width -> width >= 1 && width <= MAX_WIDTH);
    }

    private static boolean isRate(double rate) {
        return rate > 0 && rate <= 1;
    }

    private static boolean isDecay(double decay) {
        return decay >= 0 && decay <= 1;
    }

    /** Returns the defaults of the paper's implementation. */
    public static GanOptions defaults() {
        return new GanOptions(300, 500, 10, 128, List.of(256, 256), List.of(256, 256), 2e-4, 2e-4, 1e-6, 1e-6, 1, 0,
                Optional.empty());
    }

    public GanOptions withoutMaxTime() {
        return new GanOptions(epochs, batchSize, pac, embeddingDim, generatorDim, discriminatorDim, generatorRate,
                discriminatorRate, generatorDecay, discriminatorDecay, discriminatorSteps, seed, Optional.empty());
    }

    public GanOptions withEpochs(int other) {
        return new GanOptions(other, batchSize, pac, embeddingDim, generatorDim, discriminatorDim, generatorRate,
                discriminatorRate, generatorDecay, discriminatorDecay, discriminatorSteps, seed, maxTime);
    }
}
