package io.freshet.source;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.freshet.codec.RecordBatch;
import io.freshet.model.ColumnDrift;
import io.freshet.model.ShapeScores;
import io.freshet.table.Schema;

/** Where the records of a stream come from. Used by one thread. */
public interface Source extends AutoCloseable {

    /** The columns of its records; empty if they are not all alike. */
    Optional<Schema> schema();

    /**
     * The records {@code position} … {@code position + records − 1}.
     *
     * @param reuse a batch this source gave before and nobody uses any more, or null
     */
    RecordBatch next(long position, int records, @Nullable RecordBatch reuse);

    /**
     * Where a stream goes on that would go on at {@code position}: further on, if it is found that more is dealt with already.
     * Asked before records are.
     */
    default long goesOn(long position) {
        return position;
    }

    /**
     * How many of the next {@code wanted} records there are by now; fewer than are wanted when they only happen later, or when
     * it is worth waiting for more.
     */
    default int available(long position, int wanted, Instant now) {
        return wanted;
    }

    /** Whether there are records that wait a little for others to travel with. */
    default boolean isGathering() {
        return false;
    }

    /** Whether there will be no more records. */
    default boolean isExhausted() {
        return false;
    }

    /**
     * What lets another source of the same definition find a position, or one a little before it, without making all the
     * records before; empty if it needs nothing. Asked by any thread, for positions that only grow.
     */
    default Optional<String> bookmark(long position) {
        return Optional.empty();
    }

    /**
     * Says that all records before {@code position} are settled at all sinks. A source that reads from elsewhere may now say
     * there that it has read them. Called by the stream's thread, with positions that only grow.
     */
    default void acknowledged(long position) {
        // most can be asked again for any record
    }

    /**
     * Goes on from elsewhere in what it reads, soon. Called by any thread.
     *
     * @throws UnsupportedOperationException if it reads nothing
     */
    default void seek(Seek to) {
        throw new UnsupportedOperationException("only a stream that reads a topic can go on elsewhere in it");
    }

    /** How it is; asked by any thread. */
    default SourceStatus status() {
        return SourceStatus.FINE;
    }

    /** How far the last records have the distributions of their model; empty if nobody looks. Asked by any thread. */
    default Optional<ShapeScores> shapes() {
        return Optional.empty();
    }

    /** How far the columns of its model moved when that last learned more; empty if it did not. Asked by any thread. */
    default List<ColumnDrift> drift() {
        return List.of();
    }

    /** Lets go of what it reads from; called by the stream's thread, at the end. */
    @Override
    default void close() {
        // most hold nothing
    }
}
