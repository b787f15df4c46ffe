package io.freshet.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.freshet.model.fit.ModelFitter;

@Timeout(120)
public class ConditionsTest {

    private static final SynthesisModel MODEL = ModelFitter.fit(SampleTables.mixed(20_000),
            SynthesisMethod.GAUSSIAN_COPULA);
    private static final int ROWS = 400_000;
    private static final DrawnRows FREE = DrawnRows.of(MODEL, 5, Conditions.none(), 0, ROWS);

    /** A condition and its meaning. */
    public record Case(Map<String, ?> json, BiPredicate<DrawnRows, Integer> holds) {
    }

    public static final List<Case> CASES = List.of(
            new Case(Map.of("fraud", true), (r, i) -> r.text("fraud", i).equals("true")),
            new Case(Map.of("fraud", Map.of("value", "true")), (r, i) -> r.text("fraud", i).equals("true")),
            new Case(Map.of("age", 30), (r, i) -> r.number("age", i) == 30),
            new Case(Map.of("age", Map.of("ne", 45)), (r, i) -> r.number("age", i) != 45),
            new Case(Map.of("age", Map.of("in", List.of(20, 40, 60))),
                    (r, i) -> List.of(20d, 40d, 60d).contains(r.number("age", i))),
            new Case(Map.of("age", Map.of("not_in", List.of(44, 45, 46))), (r, i) -> Math.abs(r.number("age", i) - 45) > 1),
            new Case(Map.of("age", Map.of("gt", 60.5)), (r, i) -> r.number("age", i) >= 61),
            new Case(Map.of("age", Map.of("gte", 61)), (r, i) -> r.number("age", i) >= 61),
            new Case(Map.of("age", Map.of("lt", 30)), (r, i) -> r.number("age", i) < 30),
            new Case(Map.of("age", Map.of("lte", 30)), (r, i) -> r.number("age", i) <= 30),
            new Case(Map.of("age", Map.of("gte", -1)), (r, i) -> r.number("age", i) >= 0),
            new Case(Map.of("age", Map.of("gte", 30, "lt", 40)), (r, i) -> r.number("age", i) >= 30 && r.number("age", i) < 40),
            new Case(Map.of("income", Map.of("between", List.of(20_000, 50_000.5))),
                    (r, i) -> r.number("income", i) >= 2_000_000 && r.number("income", i) <= 5_000_050),
            new Case(Map.of("income", Map.of("is_null", true)), (r, i) -> r.isMissing("income", i)),
            new Case(Map.of("income", Map.of("is_null", false)), (r, i) -> !r.isMissing("income", i)),
            new Case(Map.of("note", Map.of("is_null", true), "age", Map.of("gt", 70)),
                    (r, i) -> r.isMissing("note", i) && r.number("age", i) > 70),
            new Case(Map.of("score", Map.of("gt", 1e-6)), (r, i) -> r.number("score", i) > 1e-6),
            new Case(Map.of("created", Map.of("gte", "2024-06-01T00:00:00Z"), "region", Map.of("ne", "West")),
                    (r, i) -> r.number("created", i) >= 1_717_200_000L && !r.text("region", i).equals("West")),
            new Case(Map.of("region", List.of("West", "Central"), "fraud", true, "age", Map.of("gte", 50)),
                    (r, i) -> List.of("West", "Central").contains(r.text("region", i)) && r.text("fraud", i).equals("true")
                            && r.number("age", i) >= 50),
            new Case(Map.of("income", Map.of("gt", 60_000), "age", Map.of("lt", 30)),
                    (r, i) -> r.number("income", i) > 6_000_000 && r.number("age", i) < 30));

    @Test
    void everyRowSatisfiesTheConditions() {
        for (Case one : CASES) {
            DrawnRows rows = DrawnRows.of(MODEL, 3, ConditionParser.parse(one.json), 0, 3_000);
            for (int i = 0; i < rows.size(); i++) {
                assertThat(one.holds.test(rows, i)).as("%s in %s", one.json, rows.line(i)).isTrue();
            }
        }
    }

    @Test
    void theProbabilityIsTheShareOfUnconditionalRows() {
        for (Case one : CASES) {
            double share = count(one) / (double) ROWS;
            assertThat(MODEL.probability(ConditionParser.parse(one.json))).as("%s", one.json).isCloseTo(share,
                    within(4 * Math.sqrt(share / ROWS) + .01 * share));
        }
    }

    private static long count(Case one) {
        long hits = 0;
        for (int i = 0; i < ROWS; i++) {
            hits += one.holds.test(FREE, i) ? 1 : 0;
        }
        return hits;
    }

    /** The other columns are distributed as in unconditional rows that happen to satisfy the condition. */
    @Test
    void theJointDistributionIsThatOfRejectionSampling() {
        for (Case one : CASES) {
            DrawnRows rows = DrawnRows.of(MODEL, 3, ConditionParser.parse(one.json), 0, 20_000);
            for (String column : List.of("age", "income", "created")) {
                double[] drawn = numbers(rows, column, (r, i) -> true);
                double[] kept = numbers(FREE, column, one.holds);
                if (drawn.length > 0 && kept.length > 200) {
                    assertThat(distance(drawn, kept)).as("%s: %s", one.json, column)
                            .isLessThan(2.2 * Math.sqrt(1.0 / drawn.length + 1.0 / kept.length));
                }
            }
        }
    }

    private static double[] numbers(DrawnRows rows, String column, BiPredicate<DrawnRows, Integer> holds) {
        double[] numbers = new double[rows.size()];
        int size = 0;
        for (int i = 0; i < rows.size(); i++) {
            if (holds.test(rows, i) && !rows.isMissing(column, i)) {
                numbers[size++] = rows.number(column, i);
            }
        }
        double[] sorted = Arrays.copyOf(numbers, size);
        Arrays.sort(sorted);
        return sorted;
    }

    private static double distance(double[] a, double[] b) {
        double distance = 0;
        int i = 0;
        int j = 0;
        while (i < a.length && j < b.length) {
            double x = Math.min(a[i], b[j]);
            while (i < a.length && a[i] <= x) {
                i++;
            }
            while (j < b.length && b[j] <= x) {
                j++;
            }
            distance = Math.max(distance, Math.abs(i / (double) a.length - j / (double) b.length));
        }
        return distance;
    }

    @Test
    void anExactNumberOfAContinuousColumnIsWrittenAsRequested() {
        DrawnRows incomes = DrawnRows.of(MODEL, 1, ConditionParser.parse(Map.of("income", 31_234.56)), 0, 500);
        DrawnRows scores = DrawnRows.of(MODEL, 1, ConditionParser.parse(Map.of("score", 3.25e-7)), 0, 500);
        for (int i = 0; i < 500; i++) {
            assertThat(incomes.number("income", i)).isEqualTo(3_123_456);
            assertThat(scores.number("score", i)).isEqualTo(3.25e-7);
        }
        assertThat(MODEL.probability(ConditionParser.parse(Map.of("income", 31_234.56)))).isBetween(1e-9, 1e-5);
    }

    @Test
    void rareCombinationsAreDrawnAsFastAsCommonOnes() {
        Conditions rare = ConditionParser.parse(Map.of("fraud", true, "region", "Central", "age", Map.of("gte", 85), "income",
                Map.of("lt", 4_000), "score", Map.of("lt", 1e-9)));
        assertThat(MODEL.probability(rare)).isLessThan(1e-7).isPositive();
        DrawnRows rows = DrawnRows.of(MODEL, 1, rare, 0, 5_000);
        for (int i = 0; i < rows.size(); i++) {
            assertThat(rows.number("age", i)).isGreaterThanOrEqualTo(85);
            assertThat(rows.number("income", i)).isLessThan(400_000);
        }
    }

    @Test
    void supportsLongLists() {
        Map<String, Object> json = new HashMap<>();
        json.put("age", Map.of("in", java.util.stream.IntStream.range(0, 36).mapToObj(i -> 18 + 2 * i).toList()));
        json.put("income", Map.of("not_in", java.util.stream.IntStream.range(1, 60).mapToObj(i -> i * 1_000.5).toList()));
        json.put("region", Map.of("not_in", List.of("East", "South")));
        DrawnRows rows = DrawnRows.of(MODEL, 1, ConditionParser.parse(json), 0, 2_000);
        for (int i = 0; i < rows.size(); i++) {
            assertThat(rows.number("age", i) % 2).isZero();
            assertThat(rows.text("region", i)).isNotIn("East", "South");
        }
    }

    @Test
    void errorsOfImpossibleConditionsNameTheColumnAndTheReason() {
        refuses(Map.of("region", "Mars"), "region", "never has the value Mars; its values are", "West");
        refuses(Map.of("region", Map.of("gt", "A")), "region", "supports eq, ne, in, not_in and is_null");
        refuses(Map.of("age", Map.of("gt", 200)), "age", "its values are 18 to 90");
        refuses(Map.of("age", Map.of("gt", 50, "lt", 40)), "age", "all its conditions at once");
        refuses(Map.of("age", "old"), "age", "requires numbers, not old");
        refuses(Map.of("age", Map.of("is_null", true)), "age", "is never missing");
        refuses(Map.of("income", Map.of("is_null", true, "gt", 5)), "income", "cannot be missing and have a value");
        refuses(Map.of("key", "C-000001"), "key", "identifier", "only supports is_null");
        refuses(Map.of("note", Map.of("ne", "x")), "note", "text", "only supports is_null");
        refuses(Map.of("created", Map.of("gt", "yesterday")), "created", "requires dates such as 2023-01-31T00:00:00Z");
        refuses(Map.of("score", 1e9), "score", "its values are");
        refuses(Map.of("colour", "red"), "colour", "unknown column colour; expected one of age, income");
    }

    private static void refuses(Map<String, ?> json, String column, String... parts) {
        assertThatThrownBy(() -> MODEL.generator(1, ConditionParser.parse(json))).as("%s", json)
                .isInstanceOf(ConditionException.class).hasMessageContainingAll(parts)
                .satisfies(e -> assertThat(((ConditionException) e).column()).isEqualTo(column));
        assertThatThrownBy(() -> MODEL.probability(ConditionParser.parse(json))).isInstanceOf(ConditionException.class);
    }
}
