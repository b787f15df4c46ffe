package io.freshet.model.relation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.freshet.model.RelationOptions;
import io.freshet.table.ReadOptions;
import io.freshet.table.TableFormat;
import io.freshet.table.TableReader;
import io.freshet.table.TableSample;

/** Tables of columns that have nothing to do with each other, of all the kinds that could pass for related. */
class NoRelationsTest {

    private static final int TABLES = 200;

    @Test
    void findsNoRelationInTwoHundredRandomTables() throws IOException {
        List<String> found = new ArrayList<>();
        for (int seed = 0; seed < TABLES; seed++) {
            TableSample table = table(new SplittableRandom(seed));
            for (FoundRelation relation : RelationFinder.find(table, Map.of(), RelationOptions.defaults(), -1).relations()) {
                found.add(seed + ": " + relation.relation().text(table.schema()));
            }
        }
        assertThat(found).isEmpty();
    }

    private static TableSample table(SplittableRandom random) throws IOException {
        int columns = random.nextInt(3, 15);
        int rows = random.nextInt(60, 1500);
        List<List<String>> cells = IntStream.range(0, columns)
                .mapToObj(c -> column(random.nextInt(10), rows, random.split())).toList();
        StringBuilder csv = new StringBuilder();
        IntStream.range(0, columns).forEach(c -> csv.append(c == 0 ? "" : ",").append("c").append(c));
        for (int row = 0; row < rows; row++) {
            csv.append('\n');
            for (int c = 0; c < columns; c++) {
                csv.append(c == 0 ? "" : ",").append(cells.get(c).get(row));
            }
        }
        return TableReader.read(new ByteArrayInputStream(csv.append('\n').toString().getBytes(StandardCharsets.UTF_8)),
                TableFormat.CSV, ReadOptions.defaults());
    }

    private static List<String> column(int kind, int rows, SplittableRandom random) {
        double missing = random.nextInt(4) == 0 ? random.nextDouble() * .6 : 0;
        double scale = Math.pow(10, random.nextInt(0, 4));
        List<String> cells = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            cells.add(random.nextDouble() < missing ? "" : cell(kind, scale, random));
        }
        return cells;
    }

    private static String cell(int kind, double scale, SplittableRandom random) {
        double uniform = random.nextDouble();
        return switch (kind) {
            case 0 -> String.valueOf(random.nextInt(2));
            case 1 -> String.valueOf(random.nextInt((int) (5 * scale)));
            case 2 -> String.valueOf(Math.round(uniform * scale * 100) / 100.);
            case 3 -> uniform < .97 ? "0" : String.valueOf(random.nextInt(1, 1000));
            case 4 -> String.valueOf((int) (scale * -Math.log(1 - uniform)));
            case 5 -> List.of("red", "green", "blue", "black").get((int) (4 * uniform * uniform));
            case 6 -> "place " + random.nextInt(40);
            case 7 -> uniform < .99 ? "yes" : "no";
            case 8 -> LocalDate.of(2020, 1, 1).plusDays(random.nextInt(1000)).toString();
            default -> LocalDate.of(2000 + random.nextInt(20), 1 + random.nextInt(12), 1).toString();
        };
    }
}
