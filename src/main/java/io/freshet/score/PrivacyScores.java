package io.freshet.score;

/**
 * How near synthetic rows come to real ones, on a part of both. NaN where a score is not defined.
 *
 * @param newRows the share of synthetic rows that no real row matches ({@code NewRowSynthesis})
 * @param medianDistance the median distance to the closest real row, as a mean over the columns
 * @param baselineProtection that distance as a part of what rows of random values have, at most 1
 *        ({@code DCRBaselineProtection})
 * @param overfittingProtection 1 when synthetic rows are no closer to the rows that were learned than to the hold-out
 *        ({@code DCROverfittingProtection}); NaN without the rows that were learned
 */
public record PrivacyScores(double newRows, double medianDistance, double baselineProtection, double overfittingProtection) {
}
