package io.freshet.source;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

import io.freshet.codec.RecordBatch;
import io.freshet.event.WrittenEvents;
import io.freshet.table.Schema;

/**
 * The messages of a Kafka topic, as JSON, with their keys and times. How far they are dealt with is committed when the sinks
 * have them, so a source that begins again brings those once more that they did not have, and no others are left out. Messages
 * that cannot be read are counted and handed over to be kept.
 */
public final class TopicSource implements Source {

    /**
     * @param name of the thread that reads
     * @param automatic whether messages count as dealt with when the stream takes them; else when the sinks have them
     * @param patience how long a record waits for others to travel with
     */
    public record Settings(String name, TopicConsumer.Settings topic, boolean automatic, Duration patience) {
    }

    /** Makes the consumer, when the first records are wanted. */
    public interface Consumers {

        TopicConsumer open(TopicConsumer.Settings settings);
    }

    /** Keeps what cannot be read. */
    public interface Refusals {

        /** The stage completes when it is safe, and fails if it is not; then it may be handed over again. */
        CompletionStage<Void> keep(TopicConsumer.Message message, String reason);
    }

    private final Settings settings;
    private final Consumers consumers;
    private final MessageDecoder decoder;
    private final Refusals refusals;
    private final OffsetLedger ledger = new OffsetLedger();
    private volatile @Nullable TopicBacklog backlog;
    private volatile @Nullable Seek seekFirst;
    private volatile long taken;
    private int seeks;
    private long settled = -1;
    private boolean waits;
    private long waitingSince;

    public TopicSource(Settings settings, Consumers consumers, MessageDecoder decoder, Refusals refusals) {
        this.settings = settings;
        this.consumers = consumers;
        this.decoder = decoder;
        this.refusals = refusals;
    }

    @Override
    public Optional<Schema> schema() {
        return Optional.empty();
    }

    @Override
    public int available(long position, int wanted, Instant now) {
        TopicBacklog from = open();
        settled = settled < 0 ? position : settled;
        from.forgetBeforeSeek();
        passOver(from, position);
        int there = from.records();
        if (there > 0 && !waits) {
            waitingSince = now.toEpochMilli();
        }
        waits = there > 0;
        boolean go = there >= wanted || now.toEpochMilli() - waitingSince >= settings.patience().toMillis();
        return go ? Math.min(wanted, there) : 0;
    }

    private synchronized TopicBacklog open() {
        TopicBacklog known = backlog;
        if (known == null) {
            TopicConsumer consumer = consumers.open(settings.topic());
            known = new TopicBacklog(consumer, decoder, refusals, settings.name());
            Seek first = seekFirst;
            if (first != null) {
                consumer.seek(first);
            }
            backlog = known;
            known.start();
        }
        return known;
    }

    @Override
    public RecordBatch next(long position, int records, @Nullable RecordBatch reuse) {
        TopicBacklog from = open();
        RecordBatch.Written batch = reuse instanceof RecordBatch.Written used ? used
                : new RecordBatch.Written(WrittenEvents.create());
        batch.events().clear();
        while (batch.size() < records) {
            TopicBacklog.Item item = from.take();
            if (item == null) {
                throw new IllegalStateException("more records are taken than there are: " + records);
            }
            note(item, position + batch.size());
            byte[] json = item.json();
            if (json != null) {
                batch.events().append(json, item.message().time(), item.message().key());
            }
        }
        taken += records;
        waits = false;
        passOver(from, position + records);
        if (settings.automatic()) {
            from.commit(ledger.settle(position + records), seeks);
        }
        return batch;
    }

    /** What is no record is dealt with when the records before it are. */
    private void passOver(TopicBacklog from, long position) {
        boolean passed = false;
        while (from.hasNothingNext()) {
            TopicBacklog.Item item = from.take();
            if (item != null) {
                note(item, position);
                passed = true;
            }
        }
        if (passed && settled >= position) {
            from.commit(ledger.settle(settled), seeks);
        }
    }

    private void note(TopicBacklog.Item item, long position) {
        if (item.seeks() != seeks) {
            seeks = item.seeks();
            ledger.clear();
        }
        if (item.json() == null) {
            ledger.pass(position, item.message().partition(), item.message().offset() + 1);
        } else {
            ledger.add(position, item.message().partition(), item.message().offset());
        }
    }

    @Override
    public void acknowledged(long position) {
        settled = position;
        TopicBacklog from = backlog;
        if (from != null) {
            Map<Integer, Long> offsets = ledger.settle(position);
            from.commit(offsets, seeks);
        }
    }

    @Override
    public synchronized void seek(Seek to) {
        TopicBacklog open = backlog;
        if (open == null) {
            seekFirst = to;
        } else {
            open.seek(to);
        }
    }

    @Override
    public SourceStatus status() {
        TopicBacklog open = backlog;
        return open == null ? SourceStatus.FINE : open.status(settings.topic(), taken);
    }

    @Override
    public void close() {
        TopicBacklog open = backlog;
        if (open != null) {
            open.close();
        }
    }
}
