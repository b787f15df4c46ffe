package io.freshet.kafka.source;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.freshet.codec.RecordBatch;
import io.freshet.event.JsonEventBuffer;
import io.freshet.event.ReadProgress;
import io.freshet.source.SourceStatus;

/**
 * Reads the messages of a Kafka topic as JSON, with their keys, times and headers, including tombstones. Offsets are committed
 * when the sinks have acknowledged the messages, so a source that resumes reads again what they have not acknowledged, and
 * skips nothing. Messages that cannot be decoded are counted and kept as dead letters.
 */
public final class TopicSource extends TopicBased {

    private final boolean automatic;
    private final Duration patience;
    private volatile long taken;
    private volatile long tombstones;
    /** The position after the last record that was consumed; negative before the first. */
    private volatile long end = -1;
    private boolean waits;
    private long waitingSince;

    /**
     * @param automatic whether offsets are committed when the stream consumes messages; otherwise when the sinks have
     *        acknowledged them
     * @param patience how long a record waits for others to travel with
     */
    public TopicSource(TopicReader intake, boolean automatic, Duration patience) {
        super(intake);
        intake.takeTombstones();
        this.automatic = automatic;
        this.patience = patience;
    }

    @Override
    public boolean isDivisible() {
        return true;
    }

    @Override
    public int available(long position, int wanted, Instant now) {
        int there = intake.available();
        if (there > 0 && !waits) {
            waitingSince = now.toEpochMilli();
        }
        waits = there > 0;
        if (passOver(position)) {
            intake.settle(0);
        }
        int fitting = Math.min(there, intake.fitting(wanted));
        boolean go = there >= wanted || fitting < Math.min(wanted, there)
                || now.toEpochMilli() - waitingSince >= patience.toMillis();
        return go ? fitting : 0;
    }

    @Override
    public Optional<ReadProgress> progress() {
        return Optional.of(intake.progress());
    }

    @Override
    public boolean isGathering() {
        return waits;
    }

    @Override
    public RecordBatch next(long position, int records, @Nullable RecordBatch reuse) {
        RecordBatch.Written batch = reuse instanceof RecordBatch.Written used ? used
                : new RecordBatch.Written(JsonEventBuffer.create());
        batch.events().clear();
        long deleted = 0;
        while (batch.size() < records) {
            passOver(position + batch.size());
            PrefetchedMessage item = intake.take(position + batch.size());
            byte[] json = item == null ? null : item.json();
            if (item == null || json == null) {
                throw new IllegalStateException("more records are requested than are available: " + records);
            }
            intake.record(item, position + batch.size());
            TopicMessage message = item.message();
            batch.events().append(json, message.time(), message.key(), message.partition() + "-" + message.offset(),
                    message.partition(), message.headers());
            deleted += json.length == 0 ? 1 : 0;
        }
        taken = taken + records;
        tombstones = tombstones + deleted;
        end = position + records;
        waits = false;
        if (automatic) {
            intake.settle(position + records);
        }
        return batch;
    }

    /**
     * Skips messages that are not records; they count as processed when the records before them are.
     *
     * @return whether there were any
     */
    private boolean passOver(long position) {
        boolean any = false;
        while (intake.hasNothingNext()) {
            PrefetchedMessage item = intake.take(position);
            if (item != null) {
                intake.skip(item, position, 0);
                any = true;
            }
        }
        return any;
    }

    /** Returns a bookmark only for the position after the last record that was consumed. */
    @Override
    public Optional<String> bookmark(long position) {
        long last = end;
        return last < 0 || position == last ? Optional.of(intake.bookmark().toString()) : Optional.empty();
    }

    @Override
    public SourceStatus status() {
        return intake.status(taken, tombstones, 0);
    }
}
