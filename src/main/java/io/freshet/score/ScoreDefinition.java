package io.freshet.score;

/** Defines each score of a report and names its source. */
public enum ScoreDefinition {
    DETECTION("detection", "How well a classifier tells drawn rows from real rows, as the area under the ROC curve: 0.5 if it "
            + "cannot, 1 if it always can. Gradient-boosted trees, 60 rounds of 31 leaves, five folds, at most 6,000 rows of each "
            + "kind. Its ceiling is the same for real rows against real rows.",
            "Classifier two-sample test: Lopez-Paz and Oquab, ICLR 2017"),
    USEFULNESS("usefulness", "How well the target is predicted on the hold-out by trees that learned from drawn rows, beside "
            + "trees that learned from as many real rows: AUC of the most frequent category against the others, or R² of a "
            + "number.", "Train on synthetic, test on real: Esteban, Hyland and Rätsch, arXiv:1706.02633"),
    OVERALL_QUALITY("overallQuality",
            "The mean of columnShapes and columnPairTrends. It does not look at identifiers, free text "
                    + "or more than two columns at once.",
            "SDMetrics: quality report"),
    COLUMN_SHAPES("columnShapes", "The mean over the columns of one minus the Kolmogorov–Smirnov statistic (numbers, dates) or "
            + "the total variation distance (categories).", "SDMetrics: KSComplement, TVComplement"),
    COLUMN_PAIR_TRENDS("columnPairTrends", "The mean over all pairs of columns of one minus half the difference of the "
            + "correlations (two numbers), or one minus the total variation distance of the combinations, numbers in ten "
            + "classes. associated is the mean over the pairs whose real columns depend on each other (correlation beyond ±0.5, "
            + "Cramér's V above 0.3): the first flatters where most columns have nothing to do with each other.",
            "SDMetrics: CorrelationSimilarity, ContingencySimilarity"),
    TEXTS("texts",
            "Of identifiers and free text: form, the share of drawn texts whose kinds of characters follow each other as in "
                    + "real texts; length, one minus the Kolmogorov–Smirnov statistic of the lengths; words, the share of drawn words "
                    + "that real texts have; distinct, the share of texts that occur once; copied, the share that equal a real text.",
            "Freshet"),
    CLOSER("closerToTraining",
            "The share of drawn rows that are closer to a row that the model was fitted to than to one of as "
                    + "many rows of the hold-out. Its floor is the same for real rows that the model has not seen: 0.5 if nothing was "
                    + "learned by heart.",
            "Distance to the closest record, Gower's distance: Platzer and Reutterer, Frontiers in Big "
                    + "Data 4, 2021"),
    EXACT_COPIES("exactCopies",
            "The share of drawn rows that equal a training row in all columns but identifiers and free text. "
                    + "Its floor is the share of hold-out rows that do.",
            "Freshet"),
    MEMBERSHIP("membershipAttack",
            "How well an attacker who has only drawn rows tells rows that the model was fitted to from rows of the hold-out, by the "
                    + "distance to the closest drawn row, as the area under the ROC curve: 0.5 if it cannot, 1 if it always can. A "
                    + "better attack may exist; only an epsilon bounds all of them.",
            "Distance to the closest record as an attack: Chen, Yu, Zhang and Fritz, CCS 2020"),
    NEW_ROWS("newRowSynthesis", "The share of drawn rows that match no real row, numbers within 1 %.",
            "SDMetrics: NewRowSynthesis"),
    BASELINE_PROTECTION("dcrBaselineProtection",
            "The median distance of drawn rows to the closest real row, as a fraction of that "
                    + "of random rows, at most 1.",
            "SDMetrics: DCRBaselineProtection"),
    OVERFITTING_PROTECTION("dcrOverfittingProtection",
            "1 if at most half of the drawn rows are closer to a training row than to "
                    + "a hold-out row.",
            "SDMetrics: DCROverfittingProtection");

    private final String key;
    private final String meaning;
    private final String source;

    ScoreDefinition(String key, String meaning, String source) {
        this.key = key;
        this.meaning = meaning;
        this.source = source;
    }

    /** Returns the name of the score in JSON. */
    public String key() {
        return key;
    }

    /** Returns a description of the score, in whole sentences. */
    public String meaning() {
        return meaning;
    }

    /** Returns where the definition was published. */
    public String source() {
        return source;
    }
}
