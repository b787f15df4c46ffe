package io.freshet.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import io.freshet.model.file.ModelFile;
import io.freshet.model.fit.ModelFitter;
import io.freshet.model.online.OnlineLearning;
import io.freshet.table.ReadOptions;
import io.freshet.table.TableFormat;
import io.freshet.table.TableReader;
import io.freshet.table.TableSample;

/** Sixty cities in twelve countries, each with its own carriers; some cities are missing. */
class ParentsTest {

    private static final int ROWS = 6_000;
    private static SynthesisModel model;

    @BeforeAll
    static void fit() throws IOException {
        model = ModelFitter.fit(table(1, 0), SynthesisMethod.GAUSSIAN_COPULA);
    }

    /** @param moved the offset of the numbers of the cities */
    private static TableSample table(long seed, int moved) throws IOException {
        Random random = new Random(seed);
        StringBuilder csv = new StringBuilder("country,city,carrier,distance\n");
        for (int row = 0; row < ROWS; row++) {
            int city = (int) (60 * random.nextDouble() * random.nextDouble()) + moved;
            double distance = 100 + 50 * (city % 7) + 20 * random.nextGaussian();
            csv.append(country(city)).append(',').append(random.nextInt(10) == 0 ? "" : "city" + city).append(',')
                    .append("carrier").append(city * 7 % 30 + random.nextInt(3)).append(',')
                    .append(String.format(java.util.Locale.ROOT, "%.1f%n", distance));
        }
        return TableReader.read(new ByteArrayInputStream(csv.toString().getBytes(StandardCharsets.UTF_8)), TableFormat.CSV,
                ReadOptions.defaults());
    }

    private static String country(int city) {
        return "land" + city * 5 % 12;
    }

    @Test
    void aCityStaysInItsCountryAndMeetsOnlyItsCarriers() {
        DrawnRows rows = DrawnRows.of(model, 3, Conditions.none(), 0, 20_000);
        int strangers = 0;
        for (int row = 0; row < rows.size(); row++) {
            if (!rows.isMissing("city", row)) {
                int city = Integer.parseInt(rows.text("city", row).substring(4));
                assertThat(rows.text("country", row)).isEqualTo(country(city));
                int carrier = Integer.parseInt(rows.text("carrier", row).substring(7)) - city * 7 % 30;
                strangers += carrier < 0 || carrier > 2 ? 1 : 0;
            }
        }
        assertThat(strangers).isLessThan(200);
    }

    @Test
    void theSharesMatchTheTable() throws IOException {
        DrawnRows rows = DrawnRows.of(model, 4, Conditions.none(), 0, 50_000);
        DrawnRows real = DrawnRows.of(table(1, 0).rows());
        for (String column : List.of("country", "city", "carrier")) {
            Map<String, Double> drawn = shares(rows, column);
            shares(real, column)
                    .forEach((value, share) -> assertThat(drawn.getOrDefault(value, 0.0)).isCloseTo(share, within(.01)));
        }
    }

    private static Map<String, Double> shares(DrawnRows rows, String column) {
        Map<String, Double> shares = new HashMap<>();
        IntStream.range(0, rows.size()).forEach(row -> shares.merge(rows.text(column, row), 1.0 / rows.size(), Double::sum));
        return shares;
    }

    @Test
    void conditionsOnParentsChildrenAndOthersAndTheirProbabilityHold() {
        for (Map<String, Object> asked : List.<Map<String, Object>> of(
                Map.of("country", "land5"), Map.of("city", "city7"), Map.of("carrier", "carrier9"),
                Map.of("carrier", Map.of("ne", "carrier9"), "distance", Map.of("gt", 250)),
                Map.of("country", List.of("land0", "land5"), "carrier", List.of("carrier5", "carrier6", "carrier7")),
                Map.of("city", Map.of("is_null", true), "country", "land5"))) {
            Conditions conditions = ConditionParser.parse(asked);
            DrawnRows rows = DrawnRows.of(model, 5, conditions, 0, 2_000);
            assertThat(IntStream.range(0, 2_000)).as("%s", asked).allMatch(row -> satisfies(rows, row, asked));
            DrawnRows free = DrawnRows.of(model, 6, Conditions.none(), 0, 60_000);
            double share = IntStream.range(0, 60_000).filter(row -> satisfies(free, row, asked)).count() / 60_000.0;
            assertThat(model.probability(conditions)).as("%s", asked).isCloseTo(share,
                    within(5 * Math.sqrt(share / 60_000) + .03 * share));
            DrawnRows later = DrawnRows.of(model, 5, conditions, 777, 1);
            assertThat(later.text("city", 0)).isEqualTo(rows.text("city", 777));
        }
    }

    private static boolean satisfies(DrawnRows rows, int row, Map<String, Object> asked) {
        return asked.entrySet().stream().allMatch(condition -> {
            Object wanted = condition.getValue();
            if (wanted instanceof Map<?, ?> operator) {
                return operator.containsKey("is_null") ? rows.isMissing(condition.getKey(), row)
                        : operator.containsKey("gt") ? rows.number(condition.getKey(), row) > 2500
                                : !rows.text(condition.getKey(), row).equals(operator.get("ne"));
            }
            String text = rows.text(condition.getKey(), row);
            return wanted instanceof List<?> list ? list.contains(text) : text.equals(wanted);
        });
    }

    @Test
    void theModelFilePreservesTheRows() throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        ModelFile.write(model, file);
        SynthesisModel read = ModelFile.read(new ByteArrayInputStream(file.toByteArray()));
        DrawnRows before = DrawnRows.of(model, 9, Conditions.none(), 0, 500);
        DrawnRows after = DrawnRows.of(read, 9, Conditions.none(), 0, 500);
        for (String column : List.of("country", "city", "carrier")) {
            assertThat(IntStream.range(0, 500)).allMatch(row -> before.text(column, row).equals(after.text(column, row)));
        }
        assertThat(file.toString(StandardCharsets.UTF_8)).contains("\"group_of\"");
    }

    @Test
    void learningKeepsCitiesInTheirCountries() throws IOException {
        SynthesisModel learned = OnlineLearning.partialFit(model, table(2, 20), .4).model();
        DrawnRows rows = DrawnRows.of(learned, 3, Conditions.none(), 0, 20_000);
        int beyond = 0;
        int abroad = 0;
        for (int row = 0; row < rows.size(); row++) {
            if (!rows.isMissing("city", row)) {
                int city = Integer.parseInt(rows.text("city", row).substring(4));
                beyond += city >= 60 ? 1 : 0;
                abroad += rows.text("country", row).equals(country(city)) ? 0 : 1;
            }
        }
        assertThat(beyond).isBetween(200, 4_000);
        // cities with too few rows share the distribution of all such cities
        assertThat(abroad).isLessThan(200);
    }
}
