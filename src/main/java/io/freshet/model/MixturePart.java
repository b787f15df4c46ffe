package io.freshet.model;

/** One of the distributions that are mixed: that of a model, or of rows. */
sealed interface MixturePart permits ModelPart, RowsPart {

    /** Its share in the mixture, above 0. */
    double weight();

    PartColumn column(int column);

    /** Scores of one latent dimension of the mixture, under this part's distribution. */
    PartScores scores(MixtureColumn column, boolean ofMissing);

    /** The moments of two latent dimensions where both have a value. */
    PairMoments moments(PartScores a, PartScores b);

    /** Prepared by a part for itself. */
    sealed interface PartScores permits ModelPart.Scores, RowsPart.Scores {
    }

    /**
     * @param presence the share of rows where both have a value
     */
    record PairMoments(double presence, double meanA, double meanB, double squareA, double squareB, double product) {
    }
}
