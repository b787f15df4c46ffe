package io.freshet.score;

import java.util.List;

/**
 * How well a classifier distinguishes synthetic rows from real ones.
 *
 * @param auc the area under the ROC curve: .5 if the classifier cannot distinguish them, 1 if it always can
 * @param ceiling the same for real rows against other real rows, which differs from .5 only by chance
 * @param rows the number of rows of each kind
 * @param columns the columns on which the classifier relies most, the most revealing first
 */
public record DetectionScore(double auc, double ceiling, int rows, List<String> columns) {

    public DetectionScore {
        columns = List.copyOf(columns);
    }
}
