package io.freshet.score;

import java.util.List;

/**
 * The texts of a column of identifiers or free text, without missing values.
 *
 * @param training the training texts; empty if there are no training rows
 * @param missingSimilarity one minus the difference between the shares of missing values
 */
record ComparedText(String name, String type, List<String> real, List<String> synthetic, List<String> training,
        double missingSimilarity) {

    ComparedText {
        real = List.copyOf(real);
        synthetic = List.copyOf(synthetic);
        training = List.copyOf(training);
    }
}
