package io.freshet.model;

/** Draws the latent numbers of a block of rows. Holds scratch memory; not thread-safe. */
interface LatentNormals {

    /** How many rows a block has at most: what is in use stays in the first-level cache. */
    int BLOCK = 64;

    /**
     * Writes the latent numbers of rows {@code firstRow} … into {@code z}, one array a dimension.
     */
    void draw(long seed, long firstRow, double[][] z, int rows);
}
