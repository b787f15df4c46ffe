package io.freshet.model;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;

import io.freshet.table.ReadOptions;
import io.freshet.table.TableFormat;
import io.freshet.table.TableReader;
import io.freshet.table.TableSample;

/**
 * Run by hand: a stream of 60 batches of 2,000 rows whose columns drift in ways that are hard to follow (a log-normal
 * scale, the mass of an atom, a second mode, heavy tails, a correlation from .2 to .8), learned batch by batch, against
 * the exact weighted mixture of all its rows. Prints, for each weight, the mean and the largest distance of the distribution
 * functions and of the
 * latent correlations, and how large the model is after 10 batches and in the end.
 */
public final class DriftingStreamReport {

    private static final int BATCHES = 60;
    private static final int ROWS = 2_000;
    private static final int COLUMNS = 4;

    private DriftingStreamReport() {
    }

    /** @param arguments how many streams to average over; 3 without it */
    public static void main(String[] arguments) throws IOException {
        int streams = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 3;
        System.out.println(
                "weight | mean KS | largest KS | mean drho | largest drho | model bytes at 10 | at 60 | ms per update");
        for (double weight : new double[] { .3, .1, .02 }) {
            double[] sums = new double[7];
            for (int stream = 0; stream < streams; stream++) {
                double[] figures = follow(stream, weight);
                for (int i = 0; i < sums.length; i++) {
                    sums[i] = i == 1 || i == 3 ? Math.max(sums[i], figures[i]) : sums[i] + figures[i] / streams;
                }
            }
            System.out.printf(Locale.ROOT, "%.2f | %.5f | %.5f | %.5f | %.5f | %.0f | %.0f | %.1f%n", weight, sums[0], sums[1],
                    sums[2], sums[3], sums[4], sums[5], sums[6]);
        }
    }

    private static double[] follow(int stream, double weight) throws IOException {
        List<TableSample> batches = new ArrayList<>();
        for (int t = 0; t < BATCHES; t++) {
            batches.add(batch(stream, t));
        }
        SynthesisModel model = ModelFitter.fit(batches.get(0), SynthesisMethod.GAUSSIAN_COPULA, new FitOptions(false));
        List<ColumnModel> first = ((GaussianCopula) model).columns();
        double[] figures = new double[7];
        long begun = System.nanoTime();
        for (int t = 1; t < BATCHES; t++) {
            model = OnlineLearning.partialFit(model, batches.get(t), weight).model();
            if (t == 10) {
                figures[4] = size(model);
            }
        }
        figures[6] = (System.nanoTime() - begun) / 1e6 / (BATCHES - 1);
        figures[5] = size(model);
        compare(((GaussianCopula) model).strata().get(0), exact(batches, first, weight), first, figures);
        return figures;
    }

    private static List<MixturePart> exact(List<TableSample> batches, List<ColumnModel> first, double weight) {
        List<MixturePart> parts = new ArrayList<>();
        for (int t = 0; t < BATCHES; t++) {
            double share = Math.pow(1 - weight, BATCHES - 1 - t) * (t == 0 ? 1 : weight);
            TableSample batch = batches.get(t);
            parts.add(new RowsPart(share, first.stream().map(column -> NewColumn.of(batch.rows(), column)).toList(),
                    IntStream.range(0, ROWS).toArray()));
        }
        return parts;
    }

    private static void compare(CopulaStratum learned, List<MixturePart> rows, List<ColumnModel> first, double[] figures) {
        Mixture exact = Mixture.of(first, rows, List.of());
        CopulaStratum wanted = exact.stratum(1, exact.marginals(List.of(), NumberAnchors.MANY), true);
        ModelPart part = ModelPart.of(1, learned);
        int pairs = COLUMNS * (COLUMNS - 1) / 2;
        for (int a = 0; a < COLUMNS; a++) {
            double ks = distance(part.column(a), rows, a);
            figures[0] += ks / COLUMNS;
            figures[1] = Math.max(figures[1], ks);
            for (int b = 0; b < a; b++) {
                double difference = Math.abs(learned.correlation()[a][b] - wanted.correlation()[a][b]);
                figures[2] += difference / pairs;
                figures[3] = Math.max(figures[3], difference);
            }
        }
    }

    /** The largest difference of two distribution functions: of a model, and of weighted rows. */
    private static double distance(PartColumn model, List<MixturePart> rows, int column) {
        TreeMap<Double, Double> differences = new TreeMap<>();
        for (int i = 0; i < model.size(); i++) {
            differences.merge(model.numbers()[i], model.masses()[i], Double::sum);
        }
        for (MixturePart part : rows) {
            PartColumn values = part.column(column);
            for (int i = 0; i < values.size(); i++) {
                differences.merge(values.numbers()[i], -part.weight() * values.masses()[i], Double::sum);
            }
        }
        double[] steps = differences.values().stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.parallelPrefix(steps, Double::sum);
        return Arrays.stream(steps).map(Math::abs).max().orElse(0);
    }

    private static int size(SynthesisModel model) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ModelFile.write(model, out);
        return out.size();
    }

    private static TableSample batch(int stream, int index) throws IOException {
        Random random = new Random(100_000L * stream + index);
        double t = index / (BATCHES - 1.0);
        double rho = .2 + .6 * t;
        StringBuilder csv = new StringBuilder("scale,atom,modes,tails\n");
        for (int i = 0; i < ROWS; i++) {
            double a = random.nextGaussian();
            double b = rho * a + Math.sqrt(1 - rho * rho) * random.nextGaussian();
            double c = -.5 * a + Math.sqrt(.75) * random.nextGaussian();
            double d = .4 * b + Math.sqrt(.84) * random.nextGaussian();
            double square = random.nextGaussian() * random.nextGaussian() + 3;
            csv.append(String.format(Locale.ROOT, "%.3f,%.2f,%.5f,%.5f%n", Math.exp(10 + .8 * t + .7 * a),
                    b < -.3 + .8 * t ? 0 : Math.exp(b), c + (random.nextDouble() < .5 * t ? 4 : 0),
                    d / Math.sqrt(Math.max(.05, square / 3))));
        }
        return TableReader.read(new ByteArrayInputStream(csv.toString().getBytes(StandardCharsets.UTF_8)), TableFormat.CSV,
                ReadOptions.defaults().withOverrides(Map.of("scale", "decimal", "atom", "decimal", "modes", "decimal",
                        "tails", "decimal")));
    }
}
