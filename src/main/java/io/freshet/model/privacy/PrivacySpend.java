package io.freshet.model.privacy;

/**
 * One line of a ledger: a mechanism that answered some queries about the table.
 *
 * @param mechanism discrete_gaussian, discrete_laplace or exponential
 * @param purpose what the answers are for
 * @param queries how many queries were answered; the line is for all of them
 * @param scale the standard deviation of the noise of each count, the scale of discrete Laplace noise, or the ε of each choice
 * @param rho the zero-concentrated privacy loss of all queries; 0 for a mechanism of pure ε
 * @param epsilon the pure privacy loss; 0 for a mechanism of ρ
 * @param delta the probability that a name of a single row was kept
 */
public record PrivacySpend(String mechanism, String purpose, int queries, double scale, double rho, double epsilon,
        double delta) {

    public PrivacySpend {
        if (!(rho >= 0 && epsilon >= 0 && delta >= 0) || queries < 1) {
            throw new IllegalArgumentException("a privacy loss of " + rho + ", " + epsilon + ", " + delta + " for " + queries);
        }
    }
}
