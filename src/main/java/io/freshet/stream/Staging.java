package io.freshet.stream;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

import io.freshet.codec.EncodedRecords;
import io.freshet.codec.FieldMaps;
import io.freshet.codec.JsonEncoder;
import io.freshet.codec.RecordBatch;
import io.freshet.event.Event;
import io.freshet.event.WrittenEvents;
import io.freshet.sink.DeadLetter;
import io.freshet.sink.DeadLetterKeeper;
import io.freshet.stage.Processed;
import io.freshet.stage.StageChain;
import io.freshet.stage.StageRecord;

/** The stages of a running stream, with what turns its records into something that stages can change. */
final class Staging {

    private static final String SOURCE = "source";

    private final String stream;
    private final StageChain chain;
    private final Set<String> reserved;
    private final StageLetters letters;
    private final JsonEncoder encoder = new JsonEncoder();
    private final EncodedRecords encoded = EncodedRecords.create();
    private final List<DeadLetter> broken = new ArrayList<>();

    /**
     * @param reserved the sinks that get only what is routed to them
     */
    Staging(String stream, StageChain chain, Set<String> reserved, DeadLetterKeeper keeper, StreamTime time) {
        this.stream = stream;
        this.chain = chain;
        this.reserved = Set.copyOf(reserved);
        this.letters = new StageLetters(keeper, time);
    }

    StageChain chain() {
        return chain;
    }

    StageLetters letters() {
        return letters;
    }

    /** Has the records go through the stages. */
    Processed process(RecordBatch batch, long position, Instant now) {
        return chain.process(records(batch, position, now), now.toEpochMilli());
    }

    private List<StageRecord> records(RecordBatch batch, long position, Instant now) {
        List<@Nullable Map<String, @Nullable Object>> maps = FieldMaps.of(batch);
        List<StageRecord> records = new ArrayList<>(maps.size());
        long millis = now.toEpochMilli();
        for (int i = 0; i < maps.size(); i++) {
            Map<String, @Nullable Object> fields = maps.get(i);
            if (fields == null) {
                WrittenEvents events = ((RecordBatch.Written) batch).events();
                broken.add(letter(position + i, SOURCE, "the record is no JSON object", now,
                        java.util.Arrays.copyOfRange(events.bytes(), events.start(i), events.end(i))));
                continue;
            }
            records.add(record(batch, i, position + i, millis, fields));
        }
        return records;
    }

    private static StageRecord record(RecordBatch batch, int index, long position, long millis,
            Map<String, @Nullable Object> fields) {
        if (batch instanceof RecordBatch.Written written) {
            byte[] key = written.events().key(index);
            long time = written.events().time(index);
            StageRecord record = StageRecord.of(position, time == 0 ? millis : time, fields);
            record.setKey(key == null ? null : new String(key, java.nio.charset.StandardCharsets.UTF_8));
            record.setLabel(written.events().label(index));
            return record;
        }
        if (batch instanceof RecordBatch.Events events) {
            Event event = events.events().get(index);
            StageRecord record = StageRecord.of(position, event.time().toEpochMilli(), fields);
            record.setKey(event.key());
            return record;
        }
        return StageRecord.of(position, millis, fields);
    }

    StagedRecords outgoing(Processed processed) {
        return new StagedRecords(processed.records(), reserved);
    }

    /** Keeps what the stages rejected; completes when that is done. */
    CompletableFuture<Boolean> keepRejected(Processed processed, Instant now) {
        List<DeadLetter> all = new ArrayList<>(broken);
        broken.clear();
        all.removeIf(letter -> letter.address().position() >= processed.end());
        for (Processed.Rejected each : processed.rejected()) {
            all.add(letter(each.record().position(), each.stage(), each.reason(), now, json(each.record())));
        }
        return all.isEmpty() ? CompletableFuture.completedFuture(true) : letters.keep(all);
    }

    private DeadLetter letter(long position, String stage, String reason, Instant now, byte[] json) {
        return new DeadLetter(new DeadLetter.Address(stream, position, stage, ""), new DeadLetter.Cause(reason, 1, now), null,
                json);
    }

    private byte[] json(StageRecord record) {
        encoder.encode(new StagedRecords(List.of(record), Set.of()).batch(), null, encoded);
        return encoded.copy(0);
    }
}
