package io.freshet.source;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.freshet.codec.RecordBatch;
import io.freshet.event.WrittenEvents;

/**
 * The messages of a Kafka topic, as JSON, with their keys and times. How far they are dealt with is committed when the sinks
 * have them, so a source that begins again brings those once more that they did not have, and no others are left out. Messages
 * that cannot be read are counted and handed over to be kept.
 */
public final class TopicSource extends TopicBased {

    private final boolean automatic;
    private final Duration patience;
    private volatile long taken;
    /** The position behind the last record that was taken; negative before the first. */
    private volatile long end = -1;
    private boolean waits;
    private long waitingSince;

    /**
     * @param automatic whether messages count as dealt with when the stream takes them; else when the sinks have them
     * @param patience how long a record waits for others to travel with
     */
    public TopicSource(TopicIntake intake, boolean automatic, Duration patience) {
        super(intake);
        this.automatic = automatic;
        this.patience = patience;
    }

    @Override
    public int available(long position, int wanted, Instant now) {
        int there = intake.there();
        if (there > 0 && !waits) {
            waitingSince = now.toEpochMilli();
        }
        waits = there > 0;
        if (passOver(position)) {
            intake.settle(0);
        }
        boolean go = there >= wanted || now.toEpochMilli() - waitingSince >= patience.toMillis();
        return go ? Math.min(wanted, there) : 0;
    }

    @Override
    public boolean isGathering() {
        return waits;
    }

    @Override
    public RecordBatch next(long position, int records, @Nullable RecordBatch reuse) {
        RecordBatch.Written batch = reuse instanceof RecordBatch.Written used ? used
                : new RecordBatch.Written(WrittenEvents.create());
        batch.events().clear();
        while (batch.size() < records) {
            passOver(position + batch.size());
            TopicBacklog.Item item = intake.take(position + batch.size());
            byte[] json = item == null ? null : item.json();
            if (item == null || json == null) {
                throw new IllegalStateException("more records are taken than there are: " + records);
            }
            intake.record(item, position + batch.size());
            TopicConsumer.Message message = item.message();
            batch.events().append(json, message.time(), message.key(), message.partition() + "-" + message.offset());
        }
        taken = taken + records;
        end = position + records;
        waits = false;
        if (automatic) {
            intake.settle(position + records);
        }
        return batch;
    }

    /** What is no record is dealt with when the records before it are; whether there was anything. */
    private boolean passOver(long position) {
        boolean any = false;
        while (intake.hasNothingNext()) {
            TopicBacklog.Item item = intake.take(position);
            if (item != null) {
                intake.pass(item, position, 0);
                any = true;
            }
        }
        return any;
    }

    /** Known only of the position behind the last record that was taken. */
    @Override
    public Optional<String> bookmark(long position) {
        long last = end;
        return last < 0 || position == last ? Optional.of(intake.bookmark().toString()) : Optional.empty();
    }

    @Override
    public SourceStatus status() {
        return intake.status(taken, 0);
    }
}
