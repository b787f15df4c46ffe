package io.freshet.model.copula;

/** Decides for each row of a chunk which stratum it belongs to. Holds scratch memory; not thread-safe. */
interface StratumChoice {

    /** The maximum number of rows in a chunk. */
    int CHUNK = 2048;

    /** Writes the strata of rows {@code firstRow} … to {@code strata}. */
    void choose(long seed, long firstRow, int[] strata, int rows);

    /** Returns the latent numbers of the rows of one stratum in the last chunk. */
    LatentNormals normals(int stratum);
}
