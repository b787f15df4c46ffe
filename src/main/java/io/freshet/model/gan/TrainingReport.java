package io.freshet.model.gan;

/**
 * How a model was trained.
 *
 * @param epochs the number of complete epochs
 * @param plannedEpochs the number that was asked for
 * @param steps the number of steps of the generator
 * @param generatorLoss the generator's loss in the last step
 * @param criticLoss the critic's loss in the last step
 */
public record TrainingReport(int epochs, int plannedEpochs, int steps, double generatorLoss, double criticLoss) {

    /** Returns whether training ended early because its time was limited. */
    public boolean isBounded() {
        return epochs < plannedEpochs;
    }
}
