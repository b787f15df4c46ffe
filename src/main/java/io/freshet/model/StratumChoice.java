package io.freshet.model;

/** Decides for each row of a chunk which stratum it belongs to. Holds scratch memory; not thread-safe. */
interface StratumChoice {

    /** How many rows a chunk has at most. */
    int CHUNK = 2048;

    /** Writes the strata of rows {@code firstRow} … to {@code strata}. */
    void choose(long seed, long firstRow, int[] strata, int rows);

    /** The latent numbers of the rows of one stratum, among those of the last chunk. */
    LatentNormals normals(int stratum);
}
