package io.freshet.source.pattern;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

import io.freshet.codec.RecordBatch;
import io.freshet.source.Source;
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
 * Generates test records: an id, a timestamp, the sequence number, one of three event types in turn, one of 100 users, a value
 * from 0.00 to 99.99, and an object with an amount from 0 to 999 and one of three categories. Everything is a function of the
 * seed, the rate and the sequence number; the timestamps advance with the rate.
 */
public final class PatternSource implements Source {

    /** The time stamp of record 0. */
    public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private static final int ID_DIGITS = 12;
    private static final TextDictionary TYPES = TextDictionary.of(List.of("view", "click", "purchase"));
    private static final TextDictionary USERS = TextDictionary
            .of(IntStream.range(0, 100).mapToObj(user -> String.format(Locale.ROOT, "user-%02d", user)).toList());
    private static final TextDictionary CATEGORIES = TextDictionary.of(List.of("a", "b", "c"));
    private static final double DEFAULT_RATE = 1000;
    private static final double MILLIS_PER_SECOND = 1000;
    private static final long LOW = 0xFFFF_FFFFL;
    private static final int AMOUNTS = 1000;
    private static final Schema SCHEMA = new Schema(List.of(
            new Column("id", new ColumnType.Identifier(false), false),
            new Column("timestamp",
                    new ColumnType.DateTime(DateTimeFormat.of("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", ChronoUnit.MILLIS)), false),
            new Column("sequence", new ColumnType.Whole(), false),
            new Column("event_type", new ColumnType.Categorical(), false),
            new Column("user_id", new ColumnType.Categorical(), false),
            new Column("value", new ColumnType.Decimal(2), false),
            new Column("data.amount", new ColumnType.Whole(), false, List.of("data", "amount")),
            new Column("data.category", new ColumnType.Categorical(), false, List.of("data", "category"))));

    private final long seed;
    private final int capacity;
    private final double millisApart;
    private final long[] words = new long[2];

    /**
     * Creates a source whose timestamps are a millisecond apart.
     *
     * @param capacity the maximum number of records per request
     */
    public PatternSource(long seed, int capacity) {
        this(seed, capacity, DEFAULT_RATE);
    }

    /**
     * @param capacity the maximum number of records per request
     * @param recordsPerSecond how many records share a second of their timestamps
     */
    public PatternSource(long seed, int capacity, double recordsPerSecond) {
        this.seed = seed;
        this.capacity = capacity;
        this.millisApart = MILLIS_PER_SECOND / recordsPerSecond;
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
                NumberVector.create(capacity), NumberVector.create(capacity), CodedVector.create(capacity, CATEGORIES)));
    }

    private void fill(RowBatch batch, long position, int records) {
        TextVector ids = (TextVector) batch.vector(0);
        long[] times = ((NumberVector) batch.vector(1)).values();
        long[] sequences = ((NumberVector) batch.vector(2)).values();
        int[] types = ((CodedVector) batch.vector(3)).codes();
        int[] users = ((CodedVector) batch.vector(4)).codes();
        long[] values = ((NumberVector) batch.vector(5)).values();
        long[] amounts = ((NumberVector) batch.vector(6)).values();
        int[] categories = ((CodedVector) batch.vector(7)).codes();
        ids.clear();
        for (int i = 0; i < records; i++) {
            long sequence = position + i;
            Philox.words(sequence, 0, 0, seed, words);
            appendId(ids, i, sequence);
            times[i] = START.toEpochMilli() + (long) (sequence * millisApart);
            sequences[i] = sequence;
            types[i] = (int) (sequence % TYPES.size());
            users[i] = (int) Long.remainderUnsigned(words[0] >>> 32, USERS.size());
            values[i] = Long.remainderUnsigned(words[1], 10_000);
            amounts[i] = (words[0] & LOW) % AMOUNTS;
            categories[i] = (int) ((words[0] >>> 48) % CATEGORIES.size());
        }
        batch.hold(position, records);
    }

    /** Appends an id such as {@code evt-000000000042}. */
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
