package io.freshet.source;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.freshet.codec.RecordBatch;
import io.freshet.model.ColumnDrift;
import io.freshet.model.Conditions;
import io.freshet.model.Influence;
import io.freshet.model.SynthesisMethod;

/**
 * Synthetic rows in the place of the messages of a topic: so many for each, from a model that learns the messages as they come.
 * Rows for messages that came before the first model are made up for. A message counts as dealt with when the sinks have its
 * rows.
 */
public final class TwinSource extends TopicBased {

    private static final int MOST_AT_ONCE = 5_000;

    /**
     * @param ratio how many rows for each message
     * @param influence what counts when the model learns; a weight is that of {@code every} rows
     * @param minRows from how many messages the first model is made
     * @param every how many messages are learned together; fewer when they come slowly
     * @param seed of the rows
     * @param capacity the most records asked for at once
     */
    public record Settings(String name, double ratio, Influence influence, SynthesisMethod method, int minRows, int every,
            long seed, int capacity) {
    }

    private static final Duration LONGEST = Duration.ofSeconds(2);

    private final Settings settings;
    private final LearningModel model;
    private final TwinLearner learner;
    private volatile @Nullable ModelSource rows;
    private boolean begun;
    private long base;
    private volatile long consumed;
    private volatile long owed;

    public TwinSource(Settings settings, TopicIntake intake, LearningModel model) {
        super(intake);
        this.settings = settings;
        this.model = model;
        this.learner = new TwinLearner(new TwinLearner.Settings(settings.influence(), settings.method(), settings.minRows(),
                settings.every(), LONGEST), model, settings.name());
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
        return rows() == null ? 0 : (int) Math.max(0, Math.min(wanted, waiting));
    }

    private void begin(long position) {
        if (!begun) {
            begun = true;
            base = position;
            learner.start();
        }
    }

    /** The position behind the last row that is owed for so many messages. */
    private long behind(long messages) {
        return base + (long) Math.floor(messages * settings.ratio() + 1e-9);
    }

    private void take(long position, int wanted) {
        intake.there();
        boolean before = rows() == null;
        for (int i = 0; i < MOST_AT_ONCE && !learner.isFull() && (before || behind(consumed) - position < wanted); i++) {
            TopicBacklog.Item item = intake.isHeld() ? null : intake.take(position);
            if (item == null) {
                break;
            }
            goOnBehind(intake.begunAgain(), position);
            byte[] json = item.json();
            if (json != null) {
                consumed = consumed + 1;
                learner.add(json);
            }
            intake.pass(item, behind(consumed), consumed);
        }
        intake.settle(0);
    }

    /** Rows that were owed for what is void are owed no more, and the messages come again that the last transaction lacks. */
    private void goOnBehind(TopicTransactions.@Nullable Ended last, long position) {
        if (last != null) {
            long[] noted = TopicTransactions.noted(last).orElse(new long[] { last.position(), 0 });
            base = noted[0] + position - last.position();
            consumed = noted[1];
            intake.note(base, consumed);
        }
    }

    private @Nullable ModelSource rows() {
        ModelSource known = rows;
        if (known == null) {
            Optional<ModelVersion> first = model.newest();
            if (first.isPresent()) {
                // rows of the newest version at once: there are no batches of the topic to keep together
                known = new ModelSource(first.get(), model::newest,
                        new ModelSource.Settings(settings.seed(), Conditions.none(), settings.capacity(), 1));
                rows = known;
            }
        }
        return known;
    }

    @Override
    public RecordBatch next(long position, int records, @Nullable RecordBatch reuse) {
        ModelSource from = rows();
        if (from == null) {
            throw new IllegalStateException("there is no model yet");
        }
        return from.next(position, records, reuse);
    }

    @Override
    public SourceStatus status() {
        SourceStatus reading = intake.status(consumed, owed);
        ModelSource from = rows;
        String warning = reading.warning() == null ? learner.warning() : reading.warning();
        return new SourceStatus(from == null ? null : from.status().modelVersion(), warning, reading.topic());
    }

    @Override
    public List<ColumnDrift> drift() {
        ModelSource from = rows;
        return from == null ? List.of() : from.drift();
    }

    @Override
    public void close() {
        super.close();
        learner.close();
    }
}
