package io.freshet.score;

/**
 * How close synthetic rows come to real ones, measured on a sample of both. A score is NaN where it is not defined. Without
 * training rows, only the first three scores are defined.
 *
 * @param newRows the share of synthetic rows that match no training row ({@code NewRowSynthesis}); without training rows, that
 *        match no real row
 * @param medianDistance the median distance to the closest real row, as a mean over the columns
 * @param baselineProtection the median distance as a fraction of that of random rows, at most 1 ({@code DCRBaselineProtection})
 * @param overfittingProtection 1 if synthetic rows are no closer to the training rows than to the hold-out rows
 *        ({@code DCROverfittingProtection})
 * @param closer the share of synthetic rows that are closer to a training row than to a hold-out row
 * @param closerFloor the same share of hold-out rows, about .5
 * @param copies the share of synthetic rows that equal a training row
 * @param copiesFloor the share of hold-out rows that equal a training row
 * @param membership the AUC of an attack that tells training rows from hold-out rows by their distance to the closest synthetic
 *        row; .5 if it cannot
 */
public record PrivacyScores(double newRows, double medianDistance, double baselineProtection, double overfittingProtection,
        double closer, double closerFloor, double copies, double copiesFloor, double membership) {
}
