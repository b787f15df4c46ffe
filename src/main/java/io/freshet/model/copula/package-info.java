/** The Gaussian copula: marginals joined by correlated latent normal numbers, in several strata where that fits better. */
@NullMarked
package io.freshet.model.copula;

import org.jspecify.annotations.NullMarked;
