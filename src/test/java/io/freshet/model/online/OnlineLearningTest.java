package io.freshet.model.online;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.freshet.model.ColumnDrift;
import io.freshet.model.ConditionException;
import io.freshet.model.ConditionParser;
import io.freshet.model.Conditions;
import io.freshet.model.DrawnRows;
import io.freshet.model.FitOptions;
import io.freshet.model.PartialFit;
import io.freshet.model.RelationOptions;
import io.freshet.model.SynthesisMethod;
import io.freshet.model.SynthesisModel;
import io.freshet.model.copula.CopulaStratum;
import io.freshet.model.copula.GaussianCopula;
import io.freshet.model.file.ModelFile;
import io.freshet.model.fit.ModelFitter;
import io.freshet.model.marginal.ColumnModel;
import io.freshet.model.marginal.NumberAnchors;
import io.freshet.model.marginal.PartColumn;
import io.freshet.model.report.ModelSummary;
import io.freshet.table.ReadOptions;
import io.freshet.table.TableException;
import io.freshet.table.TableFormat;
import io.freshet.table.TableReader;
import io.freshet.table.TableSample;

@Timeout(120)
class OnlineLearningTest {

    private static TableSample table(String header, int rows, IntFunction<String> row, Map<String, String> types) {
        String csv = header + "\n" + IntStream.range(0, rows).mapToObj(row).collect(Collectors.joining("\n"));
        try {
            return TableReader.read(new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8)), TableFormat.CSV,
                    ReadOptions.defaults().withOverrides(types));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /**
     * 1,000 rows: colours in the given shares, numbers around a centre, some missing, and a flag that depends on the number.
     */
    private static TableSample shapes(int seed, double red, double blue, double centre, double missing) {
        Random random = new Random(seed);
        random.nextInt();
        return table("colour,size,flag", 1000, i -> {
            double size = centre + random.nextGaussian() * 10;
            String colour = i < 1000 * red ? "red" : i < 1000 * (red + blue) ? "blue" : "green";
            return colour + "," + (random.nextDouble() < missing ? "" : "%.2f".formatted(size)) + ","
                    + (size + random.nextGaussian() * 5 > centre ? "yes" : "no");
        }, Map.of("colour", "categorical", "size", "decimal", "flag", "boolean"));
    }

    private static SynthesisModel fit(TableSample sample) {
        return ModelFitter.fit(sample, SynthesisMethod.GAUSSIAN_COPULA, new FitOptions(false, List.of()));
    }

    private static double share(SynthesisModel model, String column, String value) {
        return model.probability(ConditionParser.parse(Map.of(column, value)));
    }

    private static double missing(SynthesisModel model, String column) {
        return model.probability(ConditionParser.parse(Map.of(column, Map.of("is_null", true))));
    }

    @Test
    void sharesAreMixedExactly() {
        SynthesisModel old = fit(shapes(1, .5, .3, 50, .2));
        SynthesisModel mixed = OnlineLearning.partialFit(old, shapes(2, .1, .5, 80, .4), .25).model();

        assertThat(share(mixed, "colour", "red")).isCloseTo(.75 * .5 + .25 * .1, within(1e-9));
        assertThat(share(mixed, "colour", "blue")).isCloseTo(.75 * .3 + .25 * .5, within(1e-9));
        assertThat(missing(mixed, "size")).isCloseTo(
                .75 * missing(old, "size") + .25 * missing(fit(shapes(2, .1, .5, 80, .4)), "size"),
                within(1e-9));
        assertThat(mixed.fittedRows()).isEqualTo(2000);
    }

    @Test
    void aWeightOfZeroChangesNothingAndAWeightOfOneForgetsEverything() {
        SynthesisModel old = fit(shapes(1, .5, .3, 50, .2));
        TableSample fresh = shapes(2, 0, .6, 80, 0);

        assertThat(DrawnRows.of(OnlineLearning.partialFit(old, fresh, 0).model(), 3, Conditions.none(), 0, 500).digest())
                .isEqualTo(DrawnRows.of(old, 3, Conditions.none(), 0, 500).digest());
        SynthesisModel all = OnlineLearning.partialFit(old, fresh, 1).model();
        assertThatThrownBy(() -> share(all, "colour", "red")).isInstanceOf(ConditionException.class);
        assertThat(share(all, "colour", "blue")).isCloseTo(.6, within(1e-9));
        assertThatThrownBy(() -> missing(all, "size")).isInstanceOf(ConditionException.class);
        assertThat(correlation(all, 1, 2)).isCloseTo(correlation(fit(fresh), 1, 2), within(.02));
        assertThatThrownBy(() -> OnlineLearning.partialFit(old, fresh, 1.5)).hasMessageContaining("0 to 1");
    }

    private static double correlation(SynthesisModel model, int a, int b) {
        CopulaStratum stratum = ((GaussianCopula) model).strata().get(0);
        return stratum.correlation()[stratum.latent().valueDimension()[a]][stratum.latent().valueDimension()[b]];
    }

    @Test
    void newCategoriesAndRangesAppearAndOldOnesDecay() {
        SynthesisModel model = fit(shapes(1, .5, .5, 50, .1));
        double max = greatest(model);
        for (int batch = 0; batch < 200; batch++) {
            model = OnlineLearning.partialFit(model, shapes(100 + batch, 0, .4, 200, .1), .1).model();
        }
        SynthesisModel after = model;

        assertThatThrownBy(() -> share(after, "colour", "red")).isInstanceOf(ConditionException.class)
                .hasMessageContaining("colour");
        assertThat(share(after, "colour", "green")).isCloseTo(.6, within(1e-6));
        assertThat(greatest(after)).isGreaterThan(max + 100);
        assertThat(after.probability(ConditionParser.parse(Map.of("size", Map.of("lt", 120))))).isLessThan(1e-6);
    }

    @Test
    void aBooleanThatBecomesConstantCanBeDescribedWrittenAndRead() throws java.io.IOException {
        SynthesisModel model = fit(table("flag,x", 200, i -> (i % 2 == 0) + "," + i % 7, Map.of("flag", "boolean")));
        SynthesisModel after = OnlineLearning
                .partialFit(model, table("flag,x", 200, i -> "false," + i % 7, Map.of("flag", "boolean")), 1).model();

        assertThat(ModelSummary.of(after).columns().get(0).shares()).containsEntry("false", 1.0).containsEntry("true", 0.0);
        java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
        ModelFile.write(after, out);
        SynthesisModel again = ModelFile.read(new java.io.ByteArrayInputStream(out.toByteArray()));
        assertThat(DrawnRows.of(again, 3, Conditions.none(), 0, 500).digest())
                .isEqualTo(DrawnRows.of(after, 3, Conditions.none(), 0, 500).digest());
        SynthesisModel back = OnlineLearning
                .partialFit(again, table("flag,x", 200, i -> "true," + i % 7, Map.of("flag", "boolean")), .25).model();
        assertThat(back.probability(ConditionParser.parse(Map.of("flag", true)))).isCloseTo(.25, within(1e-9));
    }

    private static double greatest(SynthesisModel model) {
        DrawnRows rows = DrawnRows.of(model, 1, Conditions.none(), 0, 5000);
        return IntStream.range(0, 5000).mapToDouble(i -> rows.number("size", i)).filter(v -> !Double.isNaN(v)).max().orElse(0)
                / 100;
    }

    @Test
    void driftIsTheDistanceOfTheDistributions() {
        PartialFit fit = OnlineLearning.partialFit(fit(shapes(1, .5, .3, 50, .2)), shapes(2, .1, .5, 500, .2), .5);

        Map<String, ColumnDrift> drift = fit.drift().stream().collect(Collectors.toMap(ColumnDrift::name, d -> d));
        // red loses .2, blue gains .1, green gains .1
        assertThat(drift.get("colour").distance()).isCloseTo(.2, within(1e-9));
        assertThat(drift.get("colour").metric()).isEqualTo("total_variation");
        assertThat(drift.get("size").distance()).isCloseTo(.5, within(.02));
        assertThat(drift.get("size").metric()).isEqualTo("kolmogorov_smirnov");
        assertThat(drift.get("flag").distance()).isLessThan(.05);
    }

    @Test
    void strataLearnSeparately() {
        IntFunction<String> old = i -> {
            Random random = new Random(i);
            random.nextInt();
            boolean up = random.nextBoolean();
            int a = random.nextInt(10);
            return (up ? "up" : "down") + "," + a + "," + (up ? a : 9 - a) + "," + (up ? 100 : 200) + random.nextInt(7);
        };
        IntFunction<String> onlyUp = i -> IntStream.iterate(1_000_000 + 50 * i, k -> k + 1).mapToObj(old)
                .filter(row -> row.startsWith("up")).findFirst().orElseThrow();
        Map<String, String> types = Map.of("way", "categorical", "a", "integer", "b", "integer", "c", "integer");
        SynthesisModel model = ModelFitter.fit(table("way,a,b,c", 4000, old, types), SynthesisMethod.GAUSSIAN_COPULA,
                new FitOptions(true, List.of(), RelationOptions.none()));
        assertThat(((GaussianCopula) model).strata().size()).isGreaterThan(1);

        SynthesisModel after = OnlineLearning.partialFit(model, table("way,a,b,c", 1000, onlyUp, types), .2)
                .model();

        assertThat(share(after, "way", "up")).isCloseTo(.8 * share(model, "way", "up") + .2, within(1e-9));
        DrawnRows rows = DrawnRows.of(after, 1, Conditions.none(), 0, 2000);
        long wrong = IntStream.range(0, 2000).filter(i -> Math.abs(
                rows.number("b", i) - (rows.text("way", i).equals("up") ? rows.number("a", i) : 9 - rows.number("a", i))) > 1)
                .count();
        assertThat(wrong).isLessThan(60);
    }

    @Test
    void rejectsValuesThatContradictTheModelWithColumnAndRow() {
        SynthesisModel model = fit(table("a,b,c", 50, i -> i + ",same,x" + i % 3, Map.of("a", "integer")));
        assertThatThrownBy(() -> OnlineLearning.partialFit(model, table("a,b", 5, i -> i + ",same", Map.of()), .5))
                .isInstanceOf(TableException.class).hasMessageContaining("no column c");
        assertThatThrownBy(
                () -> OnlineLearning.partialFit(model, table("a,b,c", 5, i -> "w" + i % 2 + ",same,x1", Map.of()), .5))
                .isInstanceOf(TableException.class).hasMessageContaining("column a").hasMessageContaining("row 1");
        assertThatThrownBy(() -> OnlineLearning.partialFit(model, table("a,b,c", 5, i -> i + ",other,x1", Map.of()), .5))
                .isInstanceOf(TableException.class).hasMessageContaining("was always same");
    }

    /** Compares all rows of a stream with a model that has seen one batch after the other, without keeping rows. */
    @Test
    void aDriftingStreamIsFollowedAsIfAllOfItHadBeenKept() {
        int batches = 60;
        double weight = .1;
        List<TableSample> all = new ArrayList<>();
        for (int t = 0; t < batches; t++) {
            all.add(drifting(t));
        }
        SynthesisModel model = fit(all.get(0));
        List<ColumnModel> first = ((GaussianCopula) model).columns();
        for (int t = 1; t < batches; t++) {
            model = OnlineLearning.partialFit(model, all.get(t), weight).model();
        }
        List<MixturePart> rows = new ArrayList<>();
        for (int t = 0; t < batches; t++) {
            double share = Math.pow(1 - weight, batches - 1 - t) * (t == 0 ? 1 : weight);
            List<NewColumn> columns = new ArrayList<>();
            for (ColumnModel column : first) {
                columns.add(NewColumn.of(all.get(t).rows(), column));
            }
            rows.add(new RowsPart(share, columns, IntStream.range(0, all.get(t).rows().size()).toArray()));
        }
        Mixture exact = Mixture.of(first, rows, List.of());
        CopulaStratum wanted = exact.stratum(1, exact.marginals(List.of(), NumberAnchors.MANY), true);

        for (int a = 0; a < 3; a++) {
            assertThat(distance(ModelPart.of(1, ((GaussianCopula) model).strata().get(0)).column(a), rows, a))
                    .as("KS of column %d", a)
                    .isLessThan(.0015);
            for (int b = 0; b < a; b++) {
                assertThat(correlation(model, a, b)).as("correlation of %d and %d", a, b)
                        .isCloseTo(wanted.correlation()[a][b], within(.002));
            }
        }
    }

    private static TableSample drifting(int t) {
        Random random = new Random(1000 + t);
        random.nextInt();
        double shift = t / 20.0;
        double rho = .8 - t / 60.0;
        return table("x,y,z", 2000, i -> {
            double x = random.nextGaussian();
            double y = rho * x + Math.sqrt(1 - rho * rho) * random.nextGaussian();
            double z = -.5 * x + .3 * y + random.nextGaussian();
            return String.format(Locale.ROOT, "%.5f,%.5f,%.5f", x + shift, Math.exp(y / 2 + shift / 3), z);
        }, Map.of());
    }

    private static double distance(PartColumn model, List<MixturePart> rows, int column) {
        TreeMap<Double, double[]> masses = new TreeMap<>();
        for (int i = 0; i < model.size(); i++) {
            masses.computeIfAbsent(model.numbers()[i], key -> new double[2])[0] += model.masses()[i];
        }
        double total = rows.stream().mapToDouble(MixturePart::weight).sum();
        for (MixturePart part : rows) {
            PartColumn values = part.column(column);
            for (int i = 0; i < values.size(); i++) {
                masses.computeIfAbsent(values.numbers()[i], key -> new double[2])[1] += part.weight() / total
                        * values.masses()[i];
            }
        }
        double difference = 0;
        double largest = 0;
        for (double[] mass : masses.values()) {
            difference += mass[0] - mass[1];
            largest = Math.max(largest, Math.abs(difference));
        }
        return largest;
    }
}
