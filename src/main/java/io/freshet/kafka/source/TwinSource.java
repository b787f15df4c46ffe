package io.freshet.kafka.source;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.freshet.codec.RecordBatch;
import io.freshet.kafka.ExactlyOnceCoordinator;
import io.freshet.model.ColumnDrift;
import io.freshet.model.Influence;
import io.freshet.model.SynthesisMethod;
import io.freshet.source.SourceStatus;
import io.freshet.source.twin.LearningModel;
import io.freshet.source.twin.TwinLearner;
import io.freshet.source.twin.TwinRows;

/**
 * Generates synthetic rows in place of the messages of a topic, a number of rows for each message, from a model that learns the
 * messages as they arrive. Rows for messages that arrived before the first model are generated afterwards. A message counts as
 * processed when the sinks have its rows.
 */
public final class TwinSource extends TopicBased {

    private static final int MAX_AT_ONCE = 5_000;

    /**
     * @param ratio how many rows are generated for each message
     * @param influence how messages are weighted when the model learns; a weight applies to {@code every} rows
     * @param minRows the number of messages from which the first model is fitted
     * @param every how many messages are learned at a time; fewer when they arrive slowly
     * @param seed the seed of the rows
     * @param capacity the maximum number of records per request
     */
    public record Settings(String name, double ratio, Influence influence, SynthesisMethod method, int minRows, int every,
            long seed, int capacity) {
    }

    private static final Duration LONGEST = Duration.ofSeconds(2);

    private final Settings settings;
    private final TwinLearner learner;
    private final TwinRows rows;
    private boolean started;
    private long base;
    private volatile long consumed;
    private volatile long owed;

    public TwinSource(Settings settings, TopicReader intake, LearningModel model) {
        super(intake);
        this.settings = settings;
        this.rows = new TwinRows(model, settings.seed(), settings.capacity());
        this.learner = new TwinLearner(new TwinLearner.Settings(settings.influence(), settings.method(), settings.minRows(),
                settings.every(), LONGEST), model, settings.name());
    }

    /** Returns false, because the rows of all messages are counted together. */
    @Override
    public boolean isDivisible() {
        return false;
    }

    @Override
    public int available(long position, int wanted, Instant now) {
        begin(position);
        take(position, wanted);
        if (intake.isHeld()) {
            return 0;
        }
        long waiting = behind(consumed) - position;
        owed = Math.max(0, waiting);
        return !rows.exist() ? 0 : (int) Math.max(0, Math.min(wanted, waiting));
    }

    private void begin(long position) {
        if (!started) {
            started = true;
            base = position;
            learner.start();
        }
    }

    /** Returns the position after the last row that is owed for a number of messages. */
    private long behind(long messages) {
        return base + (long) Math.floor(messages * settings.ratio() + 1e-9);
    }

    private void take(long position, int wanted) {
        intake.available();
        boolean before = !rows.exist();
        for (int i = 0; i < MAX_AT_ONCE && !learner.isFull() && (before || behind(consumed) - position < wanted); i++) {
            PrefetchedMessage item = intake.isHeld() ? null : intake.take(position);
            if (item == null) {
                break;
            }
            goOnBehind(intake.begunAgain(), position);
            byte[] json = item.json();
            if (json != null) {
                consumed = consumed + 1;
                learner.add(json);
            }
            intake.skip(item, behind(consumed), consumed);
        }
        intake.settle(0);
    }

    /**
     * Resumes from the last transaction: rows for invalidated messages are no longer owed, and messages after that transaction
     * arrive again.
     */
    private void goOnBehind(ExactlyOnceCoordinator.@Nullable Ended last, long position) {
        if (last != null) {
            long[] noted = ExactlyOnceCoordinator.noted(last).orElse(new long[] { last.position(), 0 });
            base = noted[0] + position - last.position();
            consumed = noted[1];
            intake.note(base, consumed);
        }
    }

    @Override
    public RecordBatch next(long position, int records, @Nullable RecordBatch reuse) {
        return rows.next(position, records, reuse);
    }

    @Override
    public SourceStatus status() {
        SourceStatus reading = intake.status(consumed, 0, owed);
        String warning = reading.warning() == null ? learner.warning() : reading.warning();
        return new SourceStatus(rows.modelVersion(), warning, reading.lastError(),
                reading.lastErrorAt(), reading.topic(), null, null);
    }

    @Override
    public List<ColumnDrift> drift() {
        return rows.drift();
    }

    @Override
    public void close() {
        super.close();
        learner.close();
    }
}
