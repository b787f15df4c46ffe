package io.freshet.model.marginal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.freshet.model.Conditions;
import io.freshet.model.DrawnRows;
import io.freshet.model.FitOptions;
import io.freshet.model.FittedModel;
import io.freshet.model.SampleTables;
import io.freshet.model.SynthesisMethod;
import io.freshet.model.SynthesisModel;
import io.freshet.model.file.ModelFile;
import io.freshet.model.fit.FitNotices;
import io.freshet.model.fit.ModelFitter;
import io.freshet.model.online.OnlineLearning;
import io.freshet.table.TableSample;

/** A value that few rows have does not enter a model exactly. */
class RareValuesTest {

    private static TableSample table(String header, int rows, IntFunction<String> row) {
        return SampleTables.csv(header + "\n" + IntStream.range(0, rows).mapToObj(row).collect(Collectors.joining("\n")));
    }

    private static SynthesisModel fit(TableSample sample) {
        return ModelFitter.fit(sample, SynthesisMethod.GAUSSIAN_COPULA);
    }

    private static String file(SynthesisModel model) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ModelFile.write(model, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static DrawnRows draw(SynthesisModel model, int rows) {
        return DrawnRows.of(model, 1, Conditions.none(), 0, rows);
    }

    private static long card(int row) {
        return 4_000_000_000_000_000L + Math.floorMod(new Random(row).nextLong(), 1_000_000_000_000_000L);
    }

    @Test
    void uniqueLongNumbersAreIdentifiersUnderAnyName() throws IOException {
        SynthesisModel model = fit(table("card,amount", 1_000, i -> card(i) + "," + i % 7));

        assertThat(model.schema().column(0).type().typeName()).isEqualTo("identifier");
        assertThat(draw(model, 1).text("card", 0)).hasSize(16).startsWith("4");
        String file = file(model);
        assertThat(IntStream.range(0, 1_000).filter(i -> file.contains("" + card(i)))).isEmpty();
    }

    @Test
    void epochTimesAreTimesAndNotIdentifiers() {
        TableSample seconds = table("seen,x", 500, i -> 1_700_000_000L + 7_919L * i % 5_000_000 + "," + i % 7);

        assertThat(fit(seconds).schema().column(0).type().typeName()).isEqualTo("datetime");
    }

    @Test
    void numbersThatOccurOnceAreNeitherInTheModelNorInItsRows() throws IOException {
        Random random = new Random(3);
        List<String> amounts = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            amounts.add("%d.%02d".formatted(1_000 + random.nextInt(90_000), random.nextInt(100)));
        }
        SynthesisModel model = fit(table("amount,x", 1_000, i -> amounts.get(i) + "," + i % 7));

        String file = file(model);
        assertThat(amounts.stream().filter(amount -> file.contains(amount.replace(".", "") + ".0,")).count()).isLessThan(3);
        DrawnRows rows = draw(model, 3_000);
        Set<Double> real = amounts.stream().map(amount -> Double.parseDouble(amount.replace(".", "")))
                .collect(Collectors.toSet());
        assertThat(IntStream.range(0, 3_000).filter(i -> real.contains(rows.number("amount", i))).count()).isLessThan(10);
    }

    @Test
    void treesAndTheCopulaKeepTheSameNames() {
        TableSample table = table("town,x", 1_000,
                i -> (i < 4 ? "Aa" : i < 9 ? "Bo" : i % 2 == 0 ? "Ulm" : "Ystad") + "," + i % 7);
        for (SynthesisMethod method : List.of(SynthesisMethod.TREES, SynthesisMethod.GAUSSIAN_COPULA)) {
            DrawnRows rows = draw(ModelFitter.fit(table, method), 10_000);

            assertThat(IntStream.range(0, 10_000).mapToObj(i -> rows.text("town", i)).collect(Collectors.toSet()))
                    .containsExactlyInAnyOrder("Bo", "Ulm", "Ystad");
        }
    }

    @Test
    void integersThatLookLikeReferencesAreNoticedWhereTooFewRowsShareEach() {
        Random random = new Random(4);
        TableSample table = table("customer_id,x", 3_000,
                i -> 1_000 + 7 * random.nextInt(1_500) + random.nextInt(3) + "," + i % 7);
        FittedModel fitted = ModelFitter.fitted(table, SynthesisMethod.TREES, FitOptions.defaults());

        assertThat(FitNotices.of(table, fitted)).filteredOn(notice -> "customer_id".equals(notice.column())).singleElement()
                .satisfies(notice -> assertThat(notice.message()).contains("type.customer_id=categorical"));
    }

    @Test
    void aRareNumberBetweenFrequentOnesIsOneOfManyThatAreDrawn() {
        TableSample table = table("paid,x", 1_000, i -> (i == 500 ? 4_711 : i % 2 == 0 ? 0 : 9_000) + "," + i % 7);
        DrawnRows rows = draw(ModelFitter.fit(table, SynthesisMethod.TREES), 100_000);

        double[] between = IntStream.range(0, 100_000).mapToDouble(i -> rows.number("paid", i))
                .filter(paid -> paid != 0 && paid != 9_000).toArray();
        assertThat(between).hasSizeBetween(40, 200);
        assertThat(java.util.Arrays.stream(between)).allMatch(paid -> paid > 0 && paid < 9_000);
        assertThat(java.util.Arrays.stream(between).filter(paid -> paid == 4_711).count()).isLessThan(5);
        assertThat(java.util.Arrays.stream(between).max().orElse(0) - java.util.Arrays.stream(between).min().orElse(0))
                .isGreaterThan(6_000);
    }

    @ParameterizedTest
    @EnumSource(names = { "GAUSSIAN_COPULA", "TREES", "INDEPENDENT" })
    void noNumberIsDrawnFromAWideGap(SynthesisMethod method) {
        double[] towns = { 47.05, 50.11, 53.55, 59.91 };
        Random random = new Random(4);
        TableSample table = table("latitude,x", 2_000, i -> String.format(java.util.Locale.ROOT, "%.4f,%d",
                towns[random.nextInt(4)] + .04 * random.nextGaussian(), random.nextInt(9)));
        DrawnRows rows = draw(ModelFitter.fit(table, method), 20_000);

        assertThat(IntStream.range(0, 20_000).mapToDouble(i -> rows.number("latitude", i) / 10_000)
                .filter(latitude -> java.util.Arrays.stream(towns).allMatch(town -> Math.abs(latitude - town) > .25)))
                .isEmpty();
    }

    @Test
    void frequentNumbersRemainUnchanged() {
        DrawnRows rows = draw(fit(table("price,x", 2_000, i -> List.of("9.99", "19.99", "24.50").get(i % 3) + "," + i % 5)),
                1_000);

        assertThat(IntStream.range(0, 1_000).mapToObj(i -> rows.number("price", i)).collect(Collectors.toSet()))
                .containsExactlyInAnyOrder(999.0, 1999.0, 2450.0);
    }

    @Test
    void aFewRareAgesAreDrawnAsWholeNumbersWithinTheirRange() {
        Random random = new Random(5);
        SynthesisModel model = fit(
                table("age,x", 3_000, i -> Math.min(90, Math.max(17, Math.round(40 + 13 * random.nextGaussian())))
                        + "," + i % 5));
        DrawnRows rows = draw(model, 5_000);

        Set<Double> ages = IntStream.range(0, 5_000).mapToObj(i -> rows.number("age", i)).collect(Collectors.toSet());
        assertThat(ages).allMatch(age -> age == Math.rint(age) && age >= 17 && age <= 90).hasSizeGreaterThan(55);
    }

    @Test
    void aColumnOfFewNumbersOmitsTheRareOnes() {
        SynthesisModel model = fit(table("children,x", 2_000, i -> (i == 7 ? 11 : i % 4) + "," + i % 5));

        DrawnRows rows = draw(model, 3_000);
        assertThat(IntStream.range(0, 3_000).mapToObj(i -> rows.number("children", i)).collect(Collectors.toSet()))
                .containsExactlyInAnyOrder(0.0, 1.0, 2.0, 3.0);
        assertThat(IntStream.range(0, 3_000).anyMatch(i -> rows.isMissing("children", i))).isFalse();
    }

    @Test
    void rareNamesAreOmittedAndTheirRowsAreNotMissing() throws IOException {
        SynthesisModel model = fit(table("city,x", 1_000, i -> (i % 100 == 3 ? "hamlet" + i : "town" + i % 5) + "," + i % 7));

        assertThat(file(model)).doesNotContain("hamlet");
        DrawnRows rows = draw(model, 2_000);
        assertThat(IntStream.range(0, 2_000).anyMatch(i -> rows.isMissing("city", i))).isFalse();
    }

    @Test
    void namesAreIdentifiersIfMostRowsHaveARareOne() {
        SynthesisModel model = fit(table("surname,x", 1_000, i -> "Miller" + i / 3 + "," + i % 7));

        assertThat(model.schema().column(0).type().typeName()).isEqualTo("identifier");
    }

    @Test
    void theSameRuleAppliesToLearnedRows() throws IOException {
        SynthesisModel model = fit(table("price,city,x", 1_000, i -> 100 * (i % 5) + ",town" + i % 5 + "," + i % 7));
        Map<String, String> rare = Map.of("price", "31415", "city", "hamlet");
        TableSample more = table("price,city,x", 1_000,
                i -> (i == 7 ? rare.get("price") + "," + rare.get("city") : 100 * (i % 5) + ",town" + i % 5) + "," + i % 7);

        SynthesisModel after = OnlineLearning.partialFit(model, more, .5).model();

        assertThat(file(after)).doesNotContain("31415").doesNotContain("hamlet");
    }

    @Test
    void aModelDoesNotDependOnTheOrderOfTheRows() throws IOException {
        List<String> rows = new ArrayList<>();
        Random random = new Random(11);
        for (int i = 0; i < 3_000; i++) {
            int group = random.nextInt(4);
            rows.add("g" + group + "," + (group % 2 == 0 ? 1 : -1) * random.nextInt(50) + "," + random.nextInt(50) + ","
                    + "%.3f".formatted(random.nextGaussian() * (1 + group)));
        }
        String sorted = file(fit(SampleTables.csv("g,a,b,c\n" + String.join("\n", new TreeSet<>(rows)))));
        List<String> shuffled = new ArrayList<>(new TreeSet<>(rows));
        Collections.shuffle(shuffled, new Random(12));

        assertThat(file(fit(SampleTables.csv("g,a,b,c\n" + String.join("\n", shuffled))))).isEqualTo(sorted);
    }
}
