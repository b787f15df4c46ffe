/**
 * Models with differential privacy: the MST method (R. McKenna, G. Miklau, D. Sheldon, <i>Winning the NIST contest</i>, J.
 * Privacy and Confidentiality 11(3), 2021, doi:10.29012/jpc.778), its noise, and the ledger of what a model has spent.
 */
@NullMarked
package io.freshet.model.privacy;

import org.jspecify.annotations.NullMarked;
