package io.freshet.score;

/**
 * The scores of a column of identifiers or free text, from 0 to 1; a score is NaN where it is not defined.
 *
 * @param type the type of the column
 * @param form the share of drawn texts whose form is known from real texts
 * @param formCeiling the same share for real texts against other real texts
 * @param length the similarity of the lengths: one minus the Kolmogorov–Smirnov statistic
 * @param words the share of drawn words that occur in real texts; NaN for identifiers
 * @param distinct the share of drawn texts that no other drawn text equals
 * @param realDistinct the same share for real texts
 * @param copied the share of drawn texts that equal a training text or, without training rows, a real text
 * @param copiedFloor the share of real texts that equal a training text; NaN without training rows
 * @param missingSimilarity the similarity of the shares of missing values
 */
public record TextScore(String name, String type, double form, double formCeiling, double length, double words,
        double distinct, double realDistinct, double copied, double copiedFloor, double missingSimilarity) {
}
