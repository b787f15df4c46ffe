package io.freshet.source;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

import io.freshet.codec.RecordBatch;
import io.freshet.stats.Philox;
import io.freshet.table.CodedVector;
import io.freshet.table.Column;
import io.freshet.table.ColumnType;
import io.freshet.table.DateTimeFormat;
import io.freshet.table.NumberVector;
import io.freshet.table.RowBatch;
import io.freshet.table.Schema;
import io.freshet.table.TextDictionary;
import io.freshet.table.TextVector;

/**
 * Test records: an id, a time stamp, the sequence number, one of five event types, one of 100 users, a value of 0.00 to
 * 99.99. All of it is a function of the seed and the sequence number; the time stamps are a millisecond apart.
 */
public final class PatternSource implements Source {

    /** The time stamp of record 0. */
    public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private static final int ID_DIGITS = 12;
    private static final TextDictionary TYPES = TextDictionary.of(List.of("view", "click", "search", "purchase", "logout"));
    private static final TextDictionary USERS = TextDictionary
            .of(IntStream.range(0, 100).mapToObj("user-%02d"::formatted).toList());
    private static final Schema SCHEMA = new Schema(List.of(
            new Column("id", new ColumnType.Identifier(false), false),
            new Column("timestamp",
                    new ColumnType.DateTime(DateTimeFormat.of("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", ChronoUnit.MILLIS)), false),
            new Column("sequence", new ColumnType.Whole(), false),
            new Column("event_type", new ColumnType.Categorical(), false),
            new Column("user_id", new ColumnType.Categorical(), false),
            new Column("value", new ColumnType.Decimal(2), false)));

    private final long seed;
    private final int capacity;
    private final long[] words = new long[2];

    /**
     * @param capacity the most records asked for at once
     */
    public PatternSource(long seed, int capacity) {
        this.seed = seed;
        this.capacity = capacity;
    }

    @Override
    public Optional<Schema> schema() {
        return Optional.of(SCHEMA);
    }

    @Override
    public RecordBatch next(long position, int records, @Nullable RecordBatch reuse) {
        RecordBatch.Rows rows = reuse instanceof RecordBatch.Rows used ? used : new RecordBatch.Rows(newBatch());
        fill(rows.rows(), position, records);
        return rows;
    }

    private RowBatch newBatch() {
        return RowBatch.wrap(SCHEMA, List.of(TextVector.create(capacity), NumberVector.create(capacity),
                NumberVector.create(capacity), CodedVector.create(capacity, TYPES), CodedVector.create(capacity, USERS),
                NumberVector.create(capacity)));
    }

    private void fill(RowBatch batch, long position, int records) {
        TextVector ids = (TextVector) batch.vector(0);
        long[] times = ((NumberVector) batch.vector(1)).values();
        long[] sequences = ((NumberVector) batch.vector(2)).values();
        int[] types = ((CodedVector) batch.vector(3)).codes();
        int[] users = ((CodedVector) batch.vector(4)).codes();
        long[] values = ((NumberVector) batch.vector(5)).values();
        ids.clear();
        for (int i = 0; i < records; i++) {
            long sequence = position + i;
            Philox.words(sequence, 0, 0, seed, words);
            appendId(ids, i, sequence);
            times[i] = START.toEpochMilli() + sequence;
            sequences[i] = sequence;
            types[i] = (int) Long.remainderUnsigned(words[0], TYPES.size());
            users[i] = (int) Long.remainderUnsigned(words[0] >>> 32, USERS.size());
            values[i] = Long.remainderUnsigned(words[1], 10_000);
        }
        batch.hold(position, records);
    }

    /** Such as {@code evt-000000000042}. */
    private static void appendId(TextVector ids, int row, long sequence) {
        if (sequence >= 1_000_000_000_000L) {
            ids.append(row, "evt-" + sequence);
            return;
        }
        byte[] bytes = ids.reserve(4 + ID_DIGITS);
        int at = ids.used();
        bytes[at] = 'e';
        bytes[at + 1] = 'v';
        bytes[at + 2] = 't';
        bytes[at + 3] = '-';
        long rest = sequence;
        for (int digit = 3 + ID_DIGITS; digit > 3; digit--) {
            bytes[at + digit] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        ids.append(row, 4 + ID_DIGITS);
    }
}
