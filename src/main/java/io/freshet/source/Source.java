package io.freshet.source;

import org.jspecify.annotations.Nullable;

import io.freshet.codec.RecordBatch;

/** Where the records of a stream come from. Used by one thread. */
public interface Source {

    /**
     * The records {@code position} … {@code position + records − 1}.
     *
     * @param reuse a batch this source gave before and nobody uses any more, or null
     */
    RecordBatch next(long position, int records, @Nullable RecordBatch reuse);
}
