package io.freshet.source.channel;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.freshet.codec.RecordBatch;
import io.freshet.event.JsonEventBuffer;
import io.freshet.model.ColumnDrift;
import io.freshet.source.Source;
import io.freshet.source.SourceStatus;
import io.freshet.source.twin.LearningModel;
import io.freshet.source.twin.TwinLearner;
import io.freshet.source.twin.TwinRows;
import io.freshet.table.Schema;

/**
 * Generates synthetic rows in place of the records of a channel, a number of rows for each record, from a model that learns the
 * records as they arrive. Rows for records that arrived before the first model are generated afterwards. A message is
 * acknowledged when the sinks have the rows for its records.
 */
public final class ChannelTwinSource implements Source {

    private static final int MAX_AT_ONCE = 5_000;

    /**
     * @param ratio how many rows are generated for each record
     * @param seed the seed of the rows
     * @param capacity the maximum number of rows per request
     */
    public record Settings(double ratio, long seed, int capacity) {
    }

    private final Settings settings;
    private final ChannelSource observed;
    private final TwinLearner learner;
    private @Nullable RecordBatch reused;
    private final TwinRows rows;
    private boolean started;
    private long base;
    private long consumed;
    private long completed;

    /** @param learner teaches the model; started and closed by this source */
    public ChannelTwinSource(Settings settings, ChannelSource observed, LearningModel model, TwinLearner learner) {
        this.settings = settings;
        this.observed = observed;
        this.rows = new TwinRows(model, settings.seed(), settings.capacity());
        this.learner = learner;
    }

    @Override
    public Optional<Schema> schema() {
        return Optional.empty();
    }

    @Override
    public int available(long position, int wanted, Instant now) {
        if (!started) {
            started = true;
            base = position;
            learner.start();
        }
        observe(position, wanted, now);
        return !rows.exist() ? 0 : (int) Math.max(0, Math.min(wanted, after(consumed) - position));
    }

    /** Returns the position after the last row that is owed for a number of records. */
    private long after(long records) {
        return base + (long) Math.floor(records * settings.ratio() + 1e-9);
    }

    /** Reads as many records as the wanted rows need; before the first model, all that arrive. */
    private void observe(long position, int wanted, Instant now) {
        boolean enough = rows.exist() && after(consumed) - position >= wanted;
        int found = enough || learner.isFull() ? 0 : observed.available(consumed, MAX_AT_ONCE, now);
        if (found == 0) {
            return;
        }
        RecordBatch batch = observed.next(consumed, found, reused);
        reused = batch;
        JsonEventBuffer events = ((RecordBatch.Written) batch).events();
        for (int i = 0; i < events.size(); i++) {
            learner.add(Arrays.copyOfRange(events.bytes(), events.start(i), events.end(i)));
        }
        consumed += events.size();
    }

    @Override
    public RecordBatch next(long position, int records, @Nullable RecordBatch reuse) {
        return rows.next(position, records, reuse);
    }

    @Override
    public void settled(long position) {
        while (completed < consumed && after(completed + 1) <= position) {
            completed++;
        }
        observed.settled(completed);
    }

    @Override
    public boolean isExhausted() {
        return observed.isExhausted();
    }

    @Override
    public @Nullable String failure() {
        return observed.failure();
    }

    @Override
    public SourceStatus status() {
        return new SourceStatus(rows.modelVersion(), learner.warning());
    }

    @Override
    public List<ColumnDrift> drift() {
        return rows.drift();
    }

    @Override
    public void close() {
        observed.close();
        learner.close();
    }
}
