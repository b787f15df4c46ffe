package io.freshet.model.copula;

/** Draws the latent numbers of a block of rows. Holds scratch memory; not thread-safe. */
interface LatentNormals {

    /** Writes the latent numbers of these rows into {@code z}, one array per dimension. */
    void draw(long seed, BlockRows rows, double[][] z);
}
