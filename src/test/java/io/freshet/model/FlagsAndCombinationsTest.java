package io.freshet.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.freshet.model.file.ModelFile;
import io.freshet.model.fit.ModelFitter;
import io.freshet.model.online.OnlineLearning;
import io.freshet.model.report.ModelSummary;
import io.freshet.table.Notice;
import io.freshet.table.TableSample;

/** Flags of which one is set, categories of which only some occur together, and numbers in an exact proportion. */
class FlagsAndCombinationsTest {

    private static final int DRAWN = 5_000;
    private static final List<String> FLAGS = List.of("is_bus", "is_tram", "is_ferry", "is_metro", "is_bike");
    private static final Map<String, List<String>> LINES = Map.of("north", List.of("N1", "N2", "X9"), "south",
            List.of("S1", "S2", "S3"), "east", List.of("E1", "X9"), "west", List.of("W1", "S3"));

    /** @param ofRow the flag that is set in a row; none if it is negative */
    private static TableSample rides(int rows, String set, String clear, ToIntFunction<SplittableRandom> ofRow) {
        SplittableRandom random = new SplittableRandom(11);
        StringBuilder csv = new StringBuilder("minutes," + String.join(",", FLAGS) + "\n");
        for (int row = 0; row < rows; row++) {
            int flag = ofRow.applyAsInt(random);
            csv.append(20 + 9 * flag + random.nextInt(8));
            IntStream.range(0, FLAGS.size()).forEach(i -> csv.append(',').append(i == flag ? set : clear));
            csv.append('\n');
        }
        return SampleTables.csv(csv.toString());
    }

    private static int skewed(SplittableRandom random) {
        int number = random.nextInt(100);
        return number < 50 ? 0 : number < 75 ? 1 : number < 90 ? 2 : number < 98 ? 3 : 4;
    }

    private static boolean isSet(DrawnRows rows, int flag, int row) {
        return rows.vector(FLAGS.get(flag)) instanceof io.freshet.table.CodedVector coded
                && coded.dictionary() instanceof io.freshet.table.TextDictionary
                        ? rows.text(FLAGS.get(flag), row).equals("true")
                        : rows.number(FLAGS.get(flag), row) == 1;
    }

    private static long set(DrawnRows rows, int row) {
        return IntStream.range(0, FLAGS.size()).filter(flag -> isSet(rows, flag, row)).count();
    }

    private static SynthesisModel reread(SynthesisModel model) throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        ModelFile.write(model, file);
        return ModelFile.read(new ByteArrayInputStream(file.toByteArray()));
    }

    @ParameterizedTest
    @EnumSource(names = { "GAUSSIAN_COPULA", "TREES" })
    void oneFlagIsSetInEveryRowAndEachAsOftenAsInTheTable(SynthesisMethod method) throws IOException {
        for (String set : List.of("1", "true")) {
            TableSample table = rides(1_500, set, set.equals("1") ? "0" : "false", FlagsAndCombinationsTest::skewed);
            DrawnRows rows = DrawnRows.of(reread(ModelFitter.fit(table, method)), 3, Conditions.none(), 0, DRAWN);

            assertThat(IntStream.range(0, DRAWN).filter(row -> set(rows, row) != 1)).isEmpty();
            List<Double> shares = List.of(.5, .25, .15, .08, .02);
            for (int flag = 0; flag < FLAGS.size(); flag++) {
                int of = flag;
                int[] with = IntStream.range(0, DRAWN).filter(row -> isSet(rows, of, row)).toArray();
                assertThat(with.length / (double) DRAWN).isCloseTo(shares.get(flag), within(.04));
            }
        }
    }

    @Test
    void flagsThatAreNeverSetTogetherMayAllBeClear() {
        TableSample table = rides(1_500, "1", "0", random -> random.nextInt(3) == 0 ? -1 : skewed(random));
        DrawnRows rows = DrawnRows.of(ModelFitter.fit(table, SynthesisMethod.TREES), 3, Conditions.none(), 0, DRAWN);

        assertThat(IntStream.range(0, DRAWN).filter(row -> set(rows, row) > 1)).isEmpty();
        assertThat(IntStream.range(0, DRAWN).filter(row -> set(rows, row) == 0).count() / (double) DRAWN)
                .isCloseTo(1 / 3., within(.04));
    }

    @Test
    void flagsMayBeDeclaredAndConditioned() {
        TableSample table = rides(300, "1", "0", FlagsAndCombinationsTest::skewed);
        String one = String.join(" + ", FLAGS) + " = 1";
        SynthesisModel model = ModelFitter.fit(table, SynthesisMethod.GAUSSIAN_COPULA,
                new FitOptions(true, List.of(), new RelationOptions(false, List.of(one), Set.of(), Optional.empty())));
        for (int flag = 0; flag < FLAGS.size(); flag++) {
            int wanted = flag;
            Conditions set = new Conditions(List.of(new ColumnCondition(FLAGS.get(flag), Operator.EQ, List.of(1))));
            DrawnRows rows = DrawnRows.of(model, 3, set, 0, 300);

            assertThat(IntStream.range(0, 300).filter(row -> set(rows, row) != 1 || !isSet(rows, wanted, row))).isEmpty();
            double share = IntStream.range(0, 300).filter(row -> isSet(DrawnRows.of(table.rows()), wanted, row)).count() / 300.;
            assertThat(model.probability(set)).isCloseTo(share, within(.05));
        }
        assertThat(ModelSummary.of(model).relations()).extracting(ModelSummary.RelationSummary::relation).contains(one);
    }

    private static TableSample trips(int rows, String region) {
        SplittableRandom random = new SplittableRandom(5);
        List<String> regions = LINES.keySet().stream().sorted().toList();
        StringBuilder csv = new StringBuilder("region,line,riders\n");
        for (int row = 0; row < rows; row++) {
            String of = regions.get(random.nextInt(regions.size()));
            List<String> lines = LINES.get(of);
            csv.append(region.isEmpty() ? of : region).append(',').append(lines.get(random.nextInt(lines.size()))).append(',')
                    .append(random.nextInt(80)).append('\n');
        }
        return SampleTables.csv(csv.toString());
    }

    @ParameterizedTest
    @EnumSource(names = { "GAUSSIAN_COPULA", "TREES", "INDEPENDENT" })
    void onlyCombinationsOfTheTableAreDrawn(SynthesisMethod method) throws IOException {
        SynthesisModel model = reread(ModelFitter.fit(trips(2_000, ""), method));
        DrawnRows rows = DrawnRows.of(model, 1, Conditions.none(), 0, DRAWN);

        assertThat(IntStream.range(0, DRAWN)
                .filter(row -> !LINES.getOrDefault(rows.text("region", row), List.of()).contains(rows.text("line", row))))
                .isEmpty();
        Map<String, Long> shares = IntStream.range(0, DRAWN).boxed()
                .collect(Collectors.groupingBy(row -> rows.text("region", row), Collectors.counting()));
        assertThat(shares.values()).allMatch(count -> count > .2 * DRAWN && count < .3 * DRAWN);

        DrawnRows shared = DrawnRows.of(model, 1,
                new Conditions(List.of(new ColumnCondition("line", Operator.EQ, List.of("X9")))), 0, 300);
        assertThat(IntStream.range(0, 300).mapToObj(row -> shared.text("region", row)).collect(Collectors.toSet()))
                .containsExactlyInAnyOrder("north", "east");
    }

    @Test
    void newCombinationsBreakTheRelationAndAreReportedWithTheColumn() {
        SynthesisModel model = ModelFitter.fit(trips(2_000, ""), SynthesisMethod.TREES);

        PartialFit fit = OnlineLearning.partialFit(model, trips(1_000, "west"), .5);

        assertThat(fit.drift()).filteredOn(column -> column.brokenRelation() != null).singleElement()
                .satisfies(column -> {
                    assertThat(List.of("region", "line")).contains(column.name());
                    assertThat(column.brokenRelation()).endsWith(" occur together");
                });
        assertThat(fit.notices()).extracting(Notice::message).singleElement().asString()
                .startsWith("New rows break the relation ").endsWith("the model now keeps it as all rows together show it.");
        DrawnRows rows = DrawnRows.of(fit.model(), 1, Conditions.none(), 0, DRAWN);
        assertThat(IntStream.range(0, DRAWN)
                .filter(row -> rows.text("region", row).equals("west") && rows.text("line", row).equals("N1"))).isNotEmpty();
        assertThat(IntStream.range(0, DRAWN)
                .filter(row -> rows.text("region", row).equals("east") && rows.text("line", row).equals("N1"))).isEmpty();
    }

    @Test
    void anExactProportionIsDerivedWithoutRounding() {
        SplittableRandom random = new SplittableRandom(5);
        StringBuilder csv = new StringBuilder("pairs,shoes\n");
        for (int row = 0; row < 500; row++) {
            int pairs = random.nextInt(1, 10_000);
            csv.append(pairs).append(',').append(2 * pairs).append('\n');
        }
        DrawnRows rows = DrawnRows.of(ModelFitter.fit(SampleTables.csv(csv.toString()), SynthesisMethod.TREES), 1,
                Conditions.none(), 0, DRAWN);

        assertThat(IntStream.range(0, DRAWN).filter(row -> rows.number("shoes", row) != 2 * rows.number("pairs", row)))
                .isEmpty();
    }
}
