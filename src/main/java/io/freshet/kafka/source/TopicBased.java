package io.freshet.kafka.source;

import java.util.Optional;

import io.freshet.kafka.ExactlyOnceCoordinator;
import io.freshet.source.Seek;
import io.freshet.source.Source;
import io.freshet.table.Schema;

/** A source whose records are derived from the messages of a topic. */
public abstract sealed class TopicBased implements Source permits TopicSource, TwinSource {

    final TopicReader intake;

    TopicBased(TopicReader intake) {
        this.intake = intake;
    }

    /**
     * Commits the offsets of the topic in transactions, together with the resulting records. Must be called before records are
     * requested.
     */
    public final ExactlyOnceCoordinator commitInTransactions() {
        return intake.commitInTransactions();
    }

    /**
     * Returns whether several instances may read the topic at once, each its own partitions. Otherwise whatever is derived from
     * the messages is counted over all partitions, so that one instance has to read them all.
     */
    public abstract boolean isDivisible();

    /** Returns empty, because the columns are not known before the first messages arrive. */
    @Override
    public final Optional<Schema> schema() {
        return Optional.empty();
    }

    @Override
    public final long resumePosition(long position) {
        return intake.resumePosition(position);
    }

    @Override
    public final void acknowledged(long position) {
        intake.settle(position);
    }

    @Override
    public final void seek(Seek to) {
        intake.seek(to);
    }

    @Override
    public void close() {
        intake.close();
    }
}
