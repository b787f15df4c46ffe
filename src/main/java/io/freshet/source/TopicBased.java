package io.freshet.source;

import java.util.Optional;

import io.freshet.table.Schema;

/** A source whose records come of the messages of a topic. */
public abstract sealed class TopicBased implements Source permits TopicSource, TwinSource {

    final TopicIntake intake;

    TopicBased(TopicIntake intake) {
        this.intake = intake;
    }

    /**
     * Has it committed in transactions, together with the records, how far the topic is read; before the first records are
     * wanted.
     */
    public final TopicTransactions commitIn(TopicTransactions.Committer committer) {
        return intake.commitIn(committer);
    }

    /** Nobody knows before the first messages have come. */
    @Override
    public final Optional<Schema> schema() {
        return Optional.empty();
    }

    @Override
    public final long goesOn(long position) {
        return intake.goesOn(position);
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
