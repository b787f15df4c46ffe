package io.freshet.bench;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.SplittableRandom;

import io.freshet.table.ReadOptions;
import io.freshet.table.TableFormat;
import io.freshet.table.TableReader;
import io.freshet.table.TableSample;

/** A table of ten columns that depend on each other: six of numbers, three of categories, one of instants. */
final class BenchTable {

    private static final LocalDateTime BEGIN = LocalDateTime.of(2023, 1, 1, 0, 0);

    private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss'Z'", Locale.ROOT);

    private BenchTable() {
    }

    static TableSample read(int rows) {
        byte[] csv = csv(rows);
        try {
            return TableReader.read(new ByteArrayInputStream(csv), TableFormat.CSV, ReadOptions.defaults());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] csv(int rows) {
        SplittableRandom random = new SplittableRandom(42);
        StringBuilder csv = new StringBuilder("amount,age,income,score,balance,visits,region,segment,city,seen_at\n");
        for (int i = 0; i < rows; i++) {
            double a = gaussian(random);
            double b = .6 * a + .8 * gaussian(random);
            double c = -.4 * a + .3 * b + .7 * gaussian(random);
            csv.append(String.format(Locale.ROOT, "%.2f,%d,%.2f,%.3f,%.2f,%d,%s,%s,%s,%s%n", 100 * Math.exp(a),
                    (int) (45 + 12 * b),
                    30_000 * Math.exp(c / 2), b + c, 1000 * (a - c), (int) Math.exp(2 + b / 2),
                    a + gaussian(random) > .5 ? "West" : b > 0 ? "East" : "North", "S" + Math.floorMod((int) (3 * c), 12),
                    "City " + Math.floorMod((int) (20 * b + 5 * gaussian(random)), 500),
                    FORMAT.format(BEGIN.plusSeconds((long) (47_000_000 + 15_000_000 * Math.tanh(a + gaussian(random)))))));
        }
        return csv.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static double gaussian(SplittableRandom random) {
        return Math.sqrt(-2 * Math.log(1 - random.nextDouble())) * Math.cos(2 * Math.PI * random.nextDouble());
    }
}
