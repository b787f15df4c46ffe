package io.freshet.model.online;

import io.freshet.model.marginal.PartColumn;

/** A component of a mixture: the distribution of a model, or of rows. */
sealed interface MixturePart permits ModelPart, RowsPart {

    /** Returns its share in the mixture, above 0. */
    double weight();

    PartColumn column(int column);

    /** Returns the scores of one latent dimension of the mixture, under this part's distribution. */
    PartScores scores(MixtureColumn column, boolean ofMissing);

    /** Returns the moments of two latent dimensions, where both have a value. */
    PairMoments moments(PartScores a, PartScores b);

    /** Scores that a part has prepared for its own use. */
    sealed interface PartScores permits ModelPart.Scores, RowsPart.Scores {
    }

    /**
     * @param presence the share of rows where both have a value
     */
    record PairMoments(double presence, double meanA, double meanB, double squareA, double squareB, double product) {
    }
}
