package io.freshet.model;

import java.time.Duration;

/**
 * How far the training of a model has got.
 *
 * @param epoch the number of complete epochs
 * @param epochs how many there will be
 * @param generatorLoss the generator's loss in the latest step
 * @param criticLoss the critic's loss in the latest step: the mean score of generated rows, minus that of real ones
 * @param elapsed the time since training began, without the time before a restart
 * @param left the estimated time until it ends
 */
public record FitProgress(int epoch, int epochs, double generatorLoss, double criticLoss, Duration elapsed, Duration left) {
}
