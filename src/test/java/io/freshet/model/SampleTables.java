package io.freshet.model;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

import io.freshet.stats.Normal;
import io.freshet.table.CodedVector;
import io.freshet.table.Column;
import io.freshet.table.ColumnType;
import io.freshet.table.ColumnVector;
import io.freshet.table.DateTimeFormat;
import io.freshet.table.FloatingVector;
import io.freshet.table.NumberVector;
import io.freshet.table.ReadOptions;
import io.freshet.table.RowBatch;
import io.freshet.table.Schema;
import io.freshet.table.TableFormat;
import io.freshet.table.TableReader;
import io.freshet.table.TableSample;
import io.freshet.table.TextDictionary;
import io.freshet.table.TextVector;

/** Tables for fitting models, from fixed seeds. */
public final class SampleTables {

    static final List<String> REGIONS = List.of("Central", "East", "North", "South", "West");

    private SampleTables() {
    }

    /**
     * Returns eight columns of all kinds: age and income (missing more often for older people) depend on each other, region
     * shifts income, fraud correlates with a low score; a date-time, an identifier and a text.
     */
    public static TableSample mixed(int rows) {
        SplittableRandom random = new SplittableRandom(20_261_121);
        NumberVector age = NumberVector.create(rows);
        NumberVector income = NumberVector.create(rows);
        FloatingVector score = FloatingVector.create(rows);
        CodedVector region = CodedVector.create(rows, TextDictionary.of(REGIONS));
        CodedVector fraud = CodedVector.create(rows, TextDictionary.of(List.of("false", "true")));
        NumberVector created = NumberVector.create(rows);
        TextVector key = TextVector.create(rows);
        TextVector note = TextVector.create(rows);
        long[] missing = new long[8];
        List<List<Long>> counts = List.of(new ArrayList<>(List.of(0L, 0L, 0L, 0L, 0L)), new ArrayList<>(List.of(0L, 0L)));
        for (int row = 0; row < rows; row++) {
            double z = normal(random);
            age.values()[row] = Math.max(18, Math.min(90, Math.round(45 + 15 * z)));
            int where = (int) Math.min(4, Math.max(0, Math.floor(2.5 + .8 * z + 1.2 * normal(random))));
            region.codes()[row] = where;
            counts.get(0).set(where, counts.get(0).get(where) + 1);
            double wealth = .6 * z + .8 * normal(random) + .2 * where;
            income.values()[row] = (long) (100 * StrictMath.exp(10 + .7 * wealth));
            if (random.nextDouble() < (age.values()[row] > 60 ? .3 : .05)) {
                income.setMissing(row);
                missing[1]++;
            }
            double y = normal(random);
            score.values()[row] = 1e-7 * StrictMath.exp(3 * y);
            int bad = -.8 * y + .6 * normal(random) > 1.8 ? 1 : 0;
            fraud.codes()[row] = bad;
            counts.get(1).set(bad, counts.get(1).get(bad) + 1);
            long day = random.nextInt(730);
            created.values()[row] = (19_700 + day) * 86_400 + (long) (43_200 + 9_000 * normal(random));
            key.append(row, String.format("C-%06d", random.nextInt(1_000_000)));
            if (row % 10 == 0) {
                note.setMissing(row);
                missing[7]++;
            } else {
                note.append(row, "the customer with number " + row + " said something");
            }
        }
        Schema schema = new Schema(List.of(column("age", new ColumnType.Whole()),
                new Column("income", new ColumnType.Decimal(2), true), column("score", new ColumnType.Floating()),
                column("region", new ColumnType.Categorical()), column("fraud", new ColumnType.Bool("false", "true")),
                column("created",
                        new ColumnType.DateTime(DateTimeFormat.of("uuuu-MM-dd'T'HH:mm:ss'Z'", ChronoUnit.SECONDS))),
                column("key", new ColumnType.Identifier(false)), new Column("note", new ColumnType.FreeText(), true)));
        return sample(schema, List.of(age, income, score, region, fraud, created, key, note), missing,
                List.of(List.of(), List.of(), List.of(), counts.get(0), counts.get(1), List.of(), List.of(), List.of()));
    }

    public static TableSample sample(Schema schema, List<ColumnVector> vectors, long[] missing, List<List<Long>> counts) {
        RowBatch batch = RowBatch.wrap(schema, vectors);
        batch.hold(0, batch.capacity());
        List<Long> missingCounts = new ArrayList<>();
        for (long count : missing) {
            missingCounts.add(count);
        }
        return new TableSample(batch, batch.capacity(), missingCounts, counts);
    }

    public static Column column(String name, ColumnType type) {
        return new Column(name, type, false);
    }

    static double normal(SplittableRandom random) {
        return Normal.ofWord(random.nextLong());
    }

    public static TableSample csv(String text) {
        return csv(text, ReadOptions.defaults());
    }

    public static TableSample csv(String text, ReadOptions options) {
        try {
            return TableReader.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), TableFormat.CSV,
                    options);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
