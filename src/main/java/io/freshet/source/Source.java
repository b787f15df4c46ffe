package io.freshet.source;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.freshet.codec.RecordBatch;
import io.freshet.event.ReadProgress;
import io.freshet.model.ColumnDrift;
import io.freshet.model.report.ShapeScores;
import io.freshet.table.Schema;

/** A source of a stream's records. Used by one thread. */
public interface Source extends AutoCloseable {

    /** Returns the columns of the records; empty if the records do not all have the same ones. */
    Optional<Schema> schema();

    /**
     * Returns the records {@code position} … {@code position + records − 1}.
     *
     * @param reuse a batch that this source returned before and that is no longer used, or null
     */
    RecordBatch next(long position, int records, @Nullable RecordBatch reuse);

    /**
     * Returns where a stream that is about to resume at {@code position} resumes: further on if more has been processed
     * already. Called before records are requested.
     */
    default long resumePosition(long position) {
        return position;
    }

    /**
     * Returns how many of the next {@code wanted} records are available. There may be fewer because they have not happened yet,
     * or because the source waits for more to travel with them.
     */
    default int available(long position, int wanted, Instant now) {
        return wanted;
    }

    /** Returns whether some records are waiting briefly for others to travel with. */
    default boolean isGathering() {
        return false;
    }

    /**
     * Returns what the source knows about records that have not been consumed yet. Called before records are consumed.
     *
     * @return empty if it knows no more than {@link #available} says
     */
    default Optional<ReadProgress> progress() {
        return Optional.empty();
    }

    /** Returns whether there will be no more records. */
    default boolean isExhausted() {
        return false;
    }

    /** Returns why there will be no more records although there should be; null if there are more, or all have arrived. */
    default @Nullable String failure() {
        return null;
    }

    /**
     * Returns text with which another source of the same definition can find a position, or one slightly before it, without
     * generating all previous records; empty if it needs none. Called by any thread, with positions that never decrease.
     */
    default Optional<String> bookmark(long position) {
        return Optional.empty();
    }

    /**
     * Acknowledges all records before {@code position}: all sinks have completed them. A source that reads from another system
     * may now commit them there. Called by the stream's thread, with positions that never decrease.
     */
    default void acknowledged(long position) {
        // most sources can return any record again
    }

    /**
     * Notes that all sinks have completed the records before {@code position}, whether or not the state of the stages is safe.
     * Called by the stream's thread, with positions that never decrease.
     */
    default void settled(long position) {
        // most sources have no clients that wait for the outcome
    }

    /** Returns the buffer into which clients push records; empty if the source reads them itself. */
    default Optional<PushBuffer> pushes() {
        return Optional.empty();
    }

    /**
     * Continues elsewhere in what it reads, soon. Called by any thread.
     *
     * @throws UnsupportedOperationException if the source cannot seek
     */
    default void seek(Seek to) {
        throw new UnsupportedOperationException("only a stream that reads a topic can seek");
    }

    /** Returns the status; called by any thread. */
    default SourceStatus status() {
        return SourceStatus.FINE;
    }

    /**
     * Returns how close the most recent records are to the distributions of their model; empty if that is not monitored. Called
     * by any thread.
     */
    default Optional<ShapeScores> shapes() {
        return Optional.empty();
    }

    /** Returns how far the columns of the model moved when it last learned; empty if it did not. Called by any thread. */
    default List<ColumnDrift> drift() {
        return List.of();
    }

    /** Releases what the source reads from; called by the stream's thread, at the end. */
    @Override
    default void close() {
        // most sources hold no resources
    }
}
