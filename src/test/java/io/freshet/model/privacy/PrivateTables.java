package io.freshet.model.privacy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

import io.freshet.table.ReadOptions;
import io.freshet.table.TableFormat;
import io.freshet.table.TableReader;
import io.freshet.table.TableSample;

/** Tables for private models. */
final class PrivateTables {

    static final DeclaredColumns PEOPLE = new DeclaredColumns(Map.of("name", "identifier"), Map.of(),
            Map.of("age", "0..120", "income", "0..1000000", "joined", "2000-01-01..2030-12-31", "share", "0.00..1.00"),
            Map.of("region", List.of("North", "South", "East", "West", "Moon")));

    private PrivateTables() {
    }

    static TableSample read(String csv) {
        try {
            return TableReader.read(new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8)), TableFormat.CSV,
                    ReadOptions.defaults().asTexts());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * People with an age, an income that grows with it and is missing for every tenth, a region that depends on the age, the
     * day they joined, a share and a name of their own. The last one is an exception in every column.
     */
    static String people(int rows) {
        SplittableRandom random = new SplittableRandom(11);
        StringBuilder csv = new StringBuilder("name,age,income,region,joined,share\n");
        for (int row = 1; row < rows; row++) {
            int age = 18 + random.nextInt(60);
            String region = age < 40 ? random.nextInt(4) == 0 ? "South" : "North" : random.nextInt(3) == 0 ? "East" : "South";
            csv.append("person-").append(row).append(',').append(age).append(',')
                    .append(row % 10 == 0 ? "" : String.valueOf(1_000 * age + random.nextInt(5_000))).append(',').append(region)
                    .append(",20").append(10 + random.nextInt(10)).append("-0").append(1 + random.nextInt(9)).append("-15,0.")
                    .append(10 + random.nextInt(80)).append('\n');
        }
        return csv.append("Zaphod,119,999999,Moon,2029-12-24,0.99\n").toString();
    }
}
