package io.freshet.model.copula;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import io.freshet.model.ConditionParser;
import io.freshet.model.Conditions;
import io.freshet.model.DrawnRows;
import io.freshet.model.SynthesisMethod;
import io.freshet.model.SynthesisModel;
import io.freshet.model.file.ModelFile;
import io.freshet.model.fit.ModelFitter;
import io.freshet.model.online.OnlineLearning;
import io.freshet.table.ReadOptions;
import io.freshet.table.TableFormat;
import io.freshet.table.TableReader;
import io.freshet.table.TableSample;

/** Visits to shops with opening hours: more at noon and in the evening, and late visitors spend more. */
class TimesOfDayTest {

    private static final int ROWS = 20_000;
    private static final int DAY = 86_400;
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss", Locale.ROOT);
    private static TableSample sample;
    private static SynthesisModel model;

    @BeforeAll
    static void fit() throws IOException {
        sample = visits(1, 0);
        model = ModelFitter.fit(sample, SynthesisMethod.GAUSSIAN_COPULA);
    }

    private static TableSample visits(long seed, int laterHours) throws IOException {
        Random random = new Random(seed);
        StringBuilder csv = new StringBuilder("at,spent,shop\n");
        for (int row = 0; row < ROWS; row++) {
            double hour = Math.min(20.99,
                    Math.max(8, (random.nextBoolean() ? 12 : 17.5) + laterHours + 1.2 * random.nextGaussian()));
            LocalDateTime at = LocalDateTime.of(2024, 1, 1, 0, 0).plusDays(random.nextInt(700))
                    .plusSeconds((long) (hour * 3600));
            csv.append(random.nextInt(25) == 0 ? "" : SECONDS.format(at)).append(String.format(Locale.ROOT, ",%.2f,%s%n",
                    Math.exp(1 + .2 * hour + .3 * random.nextGaussian()), "ABC".charAt(random.nextInt(3))));
        }
        return TableReader.read(new ByteArrayInputStream(csv.toString().getBytes(StandardCharsets.UTF_8)), TableFormat.CSV,
                ReadOptions.defaults());
    }

    private static double[] hours(DrawnRows rows) {
        double[] shares = new double[24];
        int[] at = IntStream.range(0, rows.size()).filter(row -> !rows.isMissing("at", row)).toArray();
        for (int row : at) {
            shares[(int) (rows.number("at", row) % DAY) / 3600] += 1.0 / at.length;
        }
        return shares;
    }

    private static double distance(double[] one, double[] two) {
        return IntStream.range(0, one.length).mapToDouble(i -> Math.abs(one[i] - two[i])).sum() / 2;
    }

    /** The ratio of the spending after five in the evening to the spending before. */
    private static double lateOverEarly(DrawnRows rows) {
        double[] sums = new double[2];
        int[] counts = new int[2];
        for (int row = 0; row < rows.size(); row++) {
            if (!rows.isMissing("at", row)) {
                int late = rows.number("at", row) % DAY >= 17 * 3600 ? 1 : 0;
                sums[late] += rows.number("spent", row);
                counts[late]++;
            }
        }
        return sums[1] / counts[1] / (sums[0] / counts[0]);
    }

    @Test
    void hoursMatchTheTableAndDependenceOnThemIsPreserved() {
        DrawnRows real = DrawnRows.of(sample.rows());
        DrawnRows drawn = DrawnRows.of(model, 3, Conditions.none(), 0, ROWS);
        // two samples of the table itself are about .015 apart
        assertThat(distance(hours(drawn), hours(real))).isLessThan(.03);
        // three times as much: hours with two peaks cannot depend on other columns exactly as normal numbers do
        assertThat(lateOverEarly(drawn) / lateOverEarly(real)).isCloseTo(1, within(.12));
        long missing = IntStream.range(0, ROWS).filter(row -> drawn.isMissing("at", row)).count();
        assertThat(missing / (double) ROWS).isCloseTo(.04, within(.006));
        assertThat(drawn.line(0).chars().filter(c -> c == '|').count()).isEqualTo(3);
    }

    @Test
    void uniformHoursAreNotLearnedSeparately() throws IOException {
        Random random = new Random(5);
        StringBuilder csv = new StringBuilder("at,n\n");
        for (int row = 0; row < ROWS; row++) {
            csv.append(SECONDS.format(LocalDateTime.of(2024, 1, 1, 0, 0).plusSeconds((long) (6e7 * random.nextDouble()))))
                    .append(',')
                    .append(random.nextInt(9)).append('\n');
        }
        TableSample even = TableReader.read(new ByteArrayInputStream(csv.toString().getBytes(StandardCharsets.UTF_8)),
                TableFormat.CSV, ReadOptions.defaults());
        assertThat(ModelFitter.fit(even, SynthesisMethod.GAUSSIAN_COPULA)).isInstanceOf(GaussianCopula.class);
    }

    @Test
    void conditionsOnInstantsHoldAndTheirProbabilityMatchesTheTable() {
        Map<String, Object> morning = Map.of("at",
                Map.of("between", List.of("2024-06-03T09:00:00", "2024-06-03T11:59:59")));
        DrawnRows rows = DrawnRows.of(model, 4, ConditionParser.parse(morning), 0, 2_000);
        for (int row = 0; row < rows.size(); row++) {
            assertThat(rows.number("at", row) % DAY).isBetween(9 * 3600.0, 12 * 3600.0 - 1);
        }
        Map<String, Object> weeks = Map.of("at", Map.of("gte", "2025-03-01T18:00:00"), "shop", "A");
        Conditions conditions = ConditionParser.parse(weeks);
        double min = 1_740_852_000;
        DrawnRows late = DrawnRows.of(model, 4, conditions, 0, 2_000);
        IntStream.range(0, late.size()).forEach(row -> assertThat(late.number("at", row)).isGreaterThanOrEqualTo(min));
        DrawnRows real = DrawnRows.of(sample.rows());
        double share = IntStream.range(0, ROWS)
                .filter(row -> !real.isMissing("at", row) && real.number("at", row) >= min
                        && real.text("shop", row).equals("A"))
                .count() / (double) ROWS;
        assertThat(model.probability(conditions)).isCloseTo(share, within(.01));
        DrawnRows missing = DrawnRows.of(model, 4, ConditionParser.parse(Map.of("at", Map.of("is_null", true))), 0, 100);
        IntStream.range(0, 100).forEach(row -> assertThat(missing.isMissing("at", row)).isTrue());
    }

    @Test
    void rowsDependNeitherOnBlocksNorOnTheModelFile() throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        ModelFile.write(model, file);
        SynthesisModel read = ModelFile.read(new ByteArrayInputStream(file.toByteArray()));
        assertThat(read.schema()).isEqualTo(model.schema());
        DrawnRows whole = DrawnRows.of(model, 9, Conditions.none(), 0, 3_000);
        DrawnRows part = DrawnRows.of(read, 9, Conditions.none(), 1_234, 77);
        for (int row = 0; row < 77; row++) {
            assertThat(part.line(row)).isEqualTo(whole.line(1_234 + row));
        }
        assertThat(whole.digest()).isEqualTo("c88ea77b755188bb");
    }

    @Test
    void hoursFollowLearnedRows() throws IOException {
        SynthesisModel later = OnlineLearning.partialFit(model, visits(2, 3), .5).model();
        double[] both = hours(DrawnRows.of(later, 3, Conditions.none(), 0, ROWS));
        double[] before = hours(DrawnRows.of(sample.rows()));
        double[] after = hours(DrawnRows.of(visits(2, 3).rows()));
        double[] mixed = IntStream.range(0, 24).mapToDouble(h -> (before[h] + after[h]) / 2).toArray();
        assertThat(distance(both, mixed)).isLessThan(.03);
    }
}
