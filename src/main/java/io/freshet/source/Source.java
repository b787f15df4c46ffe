package io.freshet.source;

import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.freshet.codec.RecordBatch;
import io.freshet.model.ShapeScores;
import io.freshet.table.Schema;

/** Where the records of a stream come from. Used by one thread. */
public interface Source {

    /** The columns of its records; empty if they are not all alike. */
    Optional<Schema> schema();

    /**
     * The records {@code position} … {@code position + records − 1}.
     *
     * @param reuse a batch this source gave before and nobody uses any more, or null
     */
    RecordBatch next(long position, int records, @Nullable RecordBatch reuse);

    /** How it is; asked by any thread. */
    default SourceStatus status() {
        return SourceStatus.FINE;
    }

    /** How far the last records have the distributions of their model; empty if nobody looks. Asked by any thread. */
    default Optional<ShapeScores> shapes() {
        return Optional.empty();
    }
}
