/**
 * CTGAN, a conditional generative adversarial network for tables: two small networks, trained against each other in plain Java.
 *
 * <p>
 * Source: L. Xu, M. Skoularidou, A. Cuesta-Infante, K. Veeramachaneni, <i>Modeling tabular data using conditional GAN</i>,
 * NeurIPS 2019, arXiv:1907.00503.
 */
@NullMarked
package io.freshet.model.gan;

import org.jspecify.annotations.NullMarked;
