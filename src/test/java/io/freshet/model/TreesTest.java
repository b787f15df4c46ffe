package io.freshet.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.BiFunction;

import org.junit.jupiter.api.Test;

import io.freshet.model.file.ModelFile;
import io.freshet.model.fit.ModelFitter;
import io.freshet.model.online.OnlineLearning;
import io.freshet.table.RowBatch;
import io.freshet.table.TableSample;

class TreesTest {

    private static final SynthesisModel MODEL = ModelFitter.fit(SampleTables.mixed(6_000), SynthesisMethod.TREES);
    private static final int ROWS = 40_000;
    private static final DrawnRows FREE = DrawnRows.of(MODEL, 5, Conditions.none(), 0, ROWS);

    @Test
    void everyRowSatisfiesTheConditions() {
        for (ConditionsTest.Case one : ConditionsTest.CASES) {
            DrawnRows rows = DrawnRows.of(MODEL, 3, ConditionParser.parse(one.json()), 0, 500);
            for (int i = 0; i < rows.size(); i++) {
                assertThat(one.holds().test(rows, i)).as("%s, row %d", one.json(), i).isTrue();
            }
        }
    }

    @Test
    void theProbabilityIsTheShareOfUnconditionedRows() {
        for (ConditionsTest.Case one : ConditionsTest.CASES) {
            double share = 0;
            for (int i = 0; i < ROWS; i++) {
                share += one.holds().test(FREE, i) ? 1.0 / ROWS : 0;
            }
            double noise = 5 * Math.sqrt(share / ROWS) + 5 * share / Math.sqrt(4_096);
            assertThat(MODEL.probability(ConditionParser.parse(one.json()))).as("%s", one.json())
                    .isCloseTo(share, within(noise + 1e-4));
        }
    }

    @Test
    void theOtherColumnsHaveTheirConditionalDistribution() {
        Map<String, Object> json = Map.of("fraud", true, "age", Map.of("gte", 50));
        DrawnRows drawn = DrawnRows.of(MODEL, 3, ConditionParser.parse(json), 0, 10_000);
        List<Integer> satisfying = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            if (FREE.text("fraud", i).equals("true") && FREE.number("age", i) >= 50) {
                satisfying.add(i);
            }
        }
        double noise = 2.5 / Math.sqrt(satisfying.size());
        Map<String, Double> expected = shares(satisfying, i -> FREE.text("region", i));
        Map<String, Double> found = shares(range(drawn.size()), i -> drawn.text("region", i));
        expected.forEach((region, share) -> assertThat(found.getOrDefault(region, 0.0)).as(region)
                .isCloseTo(share, within(noise + .01)));
        double median = satisfying.stream().mapToDouble(i -> FREE.number("income", i)).filter(v -> !Double.isNaN(v)).sorted()
                .skip(satisfying.size() / 3).findFirst().orElseThrow();
        BiFunction<DrawnRows, List<Integer>, Double> below = (rows, some) -> some.stream()
                .filter(i -> rows.number("income", i) <= median).count() / (double) some.size();
        assertThat(below.apply(drawn, range(drawn.size()))).isCloseTo(below.apply(FREE, satisfying), within(noise + .01));
    }

    private static List<Integer> range(int size) {
        return java.util.stream.IntStream.range(0, size).boxed().toList();
    }

    private static Map<String, Double> shares(List<Integer> rows, java.util.function.IntFunction<String> text) {
        Map<String, Double> shares = new HashMap<>();
        rows.forEach(row -> shares.merge(text.apply(row), 1.0 / rows.size(), Double::sum));
        return shares;
    }

    @Test
    void anImpossibleConditionNamesItsColumn() {
        assertThatThrownBy(() -> MODEL.probability(ConditionParser.parse(Map.of("age", Map.of("gt", 1_000)))))
                .isInstanceOf(ConditionException.class).hasMessageContaining("age").hasMessageContaining("its values are");
        assertThatThrownBy(() -> MODEL.probability(ConditionParser.parse(Map.of("region", "Atlantis"))))
                .isInstanceOf(ConditionException.class).hasMessageContaining("region never has the value Atlantis");
        assertThatThrownBy(() -> MODEL.probability(ConditionParser.parse(Map.of("age", Map.of("is_null", true)))))
                .isInstanceOf(ConditionException.class).hasMessageContaining("age is never missing");
        assertThatThrownBy(() -> MODEL.probability(ConditionParser.parse(Map.of("nothing", 1))))
                .isInstanceOf(ConditionException.class).hasMessageContaining("unknown column nothing");
    }

    @Test
    void aRowDoesNotDependOnBlocksAndOffsets() {
        for (Conditions conditions : List.of(Conditions.none(), ConditionParser.parse(Map.of("fraud", true, "age",
                Map.of("gte", 60))))) {
            DrawnRows all = DrawnRows.of(MODEL, 7, conditions, 0, 1_500);
            for (int size : new int[] { 1, 7, 255, 256, 257 }) {
                RowGenerator generator = MODEL.generator(7, conditions);
                RowBatch batch = generator.newBatch(size);
                for (int first : new int[] { 700, 0, 511 }) {
                    generator.fill(batch, first, size);
                    DrawnRows some = DrawnRows.of(batch);
                    for (int i = 0; i < size; i++) {
                        assertThat(some.line(i)).isEqualTo(all.line(first + i));
                    }
                }
            }
        }
    }

    @Test
    void theOrderOfTheRowsDoesNotMatter() throws Exception {
        List<String> lines = new ArrayList<>();
        Random random = new Random(4);
        for (int i = 0; i < 3_000; i++) {
            int a = random.nextInt(50);
            lines.add(a + "," + (a / 10 + random.nextInt(2)) + "," + (char) ('a' + a % 7) + ",2024-0" + (1 + a % 9) + "-11");
        }
        byte[] file = file(lines);
        Collections.shuffle(lines, random);
        assertThat(file(lines)).isEqualTo(file);
    }

    private static byte[] file(List<String> lines) throws java.io.IOException {
        TableSample table = SampleTables.csv("a,b,c,d\n" + String.join("\n", lines) + "\n");
        java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
        ModelFile.write(ModelFitter.fit(table, SynthesisMethod.TREES), out);
        return out.toByteArray();
    }

    @Test
    void aValueOfASingleRowIsNotKept() {
        StringBuilder csv = new StringBuilder("card,city\n");
        Random random = new Random(8);
        Set<Double> cards = new HashSet<>();
        for (int i = 0; i < 4_000; i++) {
            int card = random.nextInt(1_000_000_000);
            // every hundredth card occurs ten times, so that the column is not an identifier
            int times = i % 100 == 0 ? 10 : 1;
            for (int k = 0; k < times; k++) {
                csv.append(card).append(',').append(i == 77 ? "Nowhere" : "City" + i % 9).append('\n');
            }
            if (times == 1) {
                cards.add((double) card);
            }
        }
        SynthesisModel model = ModelFitter.fit(SampleTables.csv(csv.toString()), SynthesisMethod.TREES);
        DrawnRows rows = DrawnRows.of(model, 1, Conditions.none(), 0, 20_000);
        int real = 0;
        for (int i = 0; i < rows.size(); i++) {
            assertThat(rows.text("city", i)).isNotEqualTo("Nowhere");
            real += cards.contains(rows.number("card", i)) ? 1 : 0;
        }
        assertThat(real).isLessThan(5);
    }

    @Test
    void drawnSharesAreThoseOfTheTable() {
        TableSample table = SampleTables.mixed(6_000);
        int many = 200_000;
        DrawnRows real = DrawnRows.of(table.rows());
        DrawnRows drawn = DrawnRows.of(MODEL, 9, Conditions.none(), 0, many);
        for (String name : List.of("region", "fraud")) {
            Map<String, Double> shares = shares(range(many), i -> drawn.text(name, i));
            shares(range(real.size()), i -> real.text(name, i)).forEach((value, share) -> assertThat(
                    shares.getOrDefault(value, 0.0)).as("%s %s", name, value)
                    .isCloseTo(share, within(4 * Math.sqrt(share * (1 - share) / many) + 3e-4)));
        }
        for (double limit : new double[] { 25, 35, 50, 65 }) {
            double share = range(real.size()).stream().filter(i -> real.number("age", i) <= limit).count()
                    / (double) real.size();
            assertThat(range(many).stream().filter(i -> drawn.number("age", i) <= limit).count() / (double) many)
                    .as("age <= %s", limit).isCloseTo(share, within(4 * Math.sqrt(share * (1 - share) / many) + 3e-4));
        }
    }

    @Test
    void aSeasonAndAWeekdayAreLearned() {
        StringBuilder csv = new StringBuilder("day,sold\n");
        for (int i = 0; i < 4_000; i++) {
            java.time.LocalDate day = java.time.LocalDate.of(2015, 1, 1).plusDays(i % 3_650);
            int sold = day.getMonthValue() == 12 ? 900 : day.getDayOfWeek().getValue() >= 6 ? 500 : 100;
            csv.append(day).append(',').append(sold + i % 7).append('\n');
        }
        SynthesisModel model = ModelFitter.fit(SampleTables.csv(csv.toString()), SynthesisMethod.TREES);
        DrawnRows rows = DrawnRows.of(model, 1, Conditions.none(), 0, 4_000);
        int right = 0;
        for (int i = 0; i < rows.size(); i++) {
            java.time.LocalDate day = java.time.LocalDate.ofEpochDay((long) rows.number("day", i));
            int sold = day.getMonthValue() == 12 ? 900 : day.getDayOfWeek().getValue() >= 6 ? 500 : 100;
            right += Math.abs(rows.number("sold", i) - sold) < 8 ? 1 : 0;
        }
        assertThat(right).isGreaterThan(3_600);
    }

    @Test
    void newRowsCountByTheirWeight() {
        SynthesisModel before = ModelFitter.fit(groups(4_000, 0, "a", "b"), SynthesisMethod.TREES);
        PartialFit fit = OnlineLearning.partialFit(before, groups(3_000, 1_000, "b", "c"), .5);
        DrawnRows rows = DrawnRows.of(fit.model(), 1, Conditions.none(), 0, 20_000);
        Map<String, Double> shares = shares(range(rows.size()), i -> rows.text("name", i));
        assertThat(shares.get("a")).isCloseTo(.25, within(.02));
        assertThat(shares.get("b")).isCloseTo(.5, within(.02));
        assertThat(shares.get("c")).isCloseTo(.25, within(.02));
        long high = range(rows.size()).stream().filter(i -> rows.number("value", i) >= 1_000).count();
        assertThat(high / 20_000.0).isCloseTo(.5, within(.02));
        assertThat(fit.model().fittedRows()).isEqualTo(7_000);
        assertThat(fit.drift().get(0).distance()).isCloseTo(.25, within(.02));
        assertThat(fit.drift().get(1).distance()).isCloseTo(.5, within(.02));
    }

    private static TableSample groups(int rows, int from, String first, String second) {
        StringBuilder csv = new StringBuilder("name,value\n");
        for (int i = 0; i < rows; i++) {
            csv.append(i % 2 == 0 ? first : second).append(',').append(from + i * 7 % 500 + (i % 2) * 100).append('\n');
        }
        return SampleTables.csv(csv.toString());
    }

    /** Golden test: the bytes of the fit and of the rows are the same on every machine. */
    @Test
    void theModelAndItsRowsAreTheSameOnEveryMachine() throws Exception {
        java.io.ByteArrayOutputStream file = new java.io.ByteArrayOutputStream();
        ModelFile.write(MODEL, file);
        java.util.zip.CRC32 crc = new java.util.zip.CRC32();
        crc.update(file.toByteArray());
        List<Conditions> conditions = List.of(Conditions.none(),
                ConditionParser.parse(Map.of("fraud", true, "age", Map.of("gte", 60))),
                ConditionParser.parse(Map.of("region", List.of("East", "West"), "income", Map.of("is_null", false))));

        assertThat(crc.getValue()).isEqualTo(963_305_900L);
        assertThat(conditions.stream().map(some -> DrawnRows.of(MODEL, 42, some, 0, 2_000).digest()))
                .containsExactly("25ba323d56c59aed", "86483e4b2eefc603", "a2f2a1ecd23600c6");
    }

    @Test
    void theWrittenFileMatchesTheSchema() throws Exception {
        java.io.ByteArrayOutputStream file = new java.io.ByteArrayOutputStream();
        ModelFile.write(MODEL, file);
        try (java.io.InputStream in = TreesTest.class.getResourceAsStream("/META-INF/resources/schemas/model-2.json")) {
            com.fasterxml.jackson.databind.ObjectMapper json = new com.fasterxml.jackson.databind.ObjectMapper();
            assertThat(com.networknt.schema.JsonSchemaFactory
                    .getInstance(com.networknt.schema.SpecVersion.VersionFlag.V202012).getSchema(json.readTree(in))
                    .validate(json.readTree(file.toByteArray()))).isEmpty();
        }
    }
}
