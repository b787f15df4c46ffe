package io.freshet.bench;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

import io.freshet.table.CodedVector;
import io.freshet.table.Column;
import io.freshet.table.ColumnType;
import io.freshet.table.ColumnVector;
import io.freshet.table.DateTimeFormat;
import io.freshet.table.Dictionary;
import io.freshet.table.NumberVector;
import io.freshet.table.RowBatch;
import io.freshet.table.Schema;
import io.freshet.table.TextDictionary;

/**
 * Rows of ten columns: six of numbers, three of categories (one has 5,000 of them), one of instants over three years. About 180
 * bytes of JSON each.
 */
final class BenchRows {

    static final DateTimeFormat INSTANT = DateTimeFormat.of("uuuu-MM-dd'T'HH:mm:ss'Z'", ChronoUnit.SECONDS);

    private final SplittableRandom random = new SplittableRandom(42);
    private final List<Column> columns = new ArrayList<>();
    private final List<ColumnVector> vectors = new ArrayList<>();
    private final int rows;

    private BenchRows(int rows) {
        this.rows = rows;
    }

    static RowBatch of(int rows) {
        return new BenchRows(rows).build();
    }

    private RowBatch build() {
        numbers("id", new ColumnType.Whole(), 1_000_000, 2_000_000);
        numbers("age", new ColumnType.Whole(), 18, 90);
        numbers("income", new ColumnType.Decimal(2), 1_000_000, 20_000_000);
        numbers("score", new ColumnType.Decimal(3), -4_000, 4_000);
        numbers("balance", new ColumnType.Decimal(2), -500_000, 5_000_000);
        numbers("visits", new ColumnType.Whole(), 0, 300);
        categories("region", 4, "Region");
        categories("segment", 12, "Segment ");
        categories("city", 5_000, "City no. ");
        numbers("seen_at", new ColumnType.DateTime(INSTANT), Instant.parse("2023-01-01T00:00:00Z").getEpochSecond(),
                Instant.parse("2026-01-01T00:00:00Z").getEpochSecond());
        RowBatch batch = RowBatch.wrap(new Schema(columns), vectors);
        batch.hold(0, rows);
        return batch;
    }

    private void numbers(String name, ColumnType type, long from, long to) {
        columns.add(new Column(name, type, false));
        vectors.add(NumberVector.wrap(random.longs(rows, from, to).toArray()));
    }

    private void categories(String name, int count, String prefix) {
        Dictionary dictionary = TextDictionary.of(IntStream.range(0, count).mapToObj(i -> prefix + i).toList());
        columns.add(new Column(name, new ColumnType.Categorical(), false));
        vectors.add(CodedVector.wrap(random.ints(rows, 0, count).toArray(), dictionary));
    }
}
