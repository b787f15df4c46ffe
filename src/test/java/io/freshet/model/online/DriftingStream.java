package io.freshet.model.online;

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

import io.freshet.model.FitOptions;
import io.freshet.model.SynthesisMethod;
import io.freshet.model.SynthesisModel;
import io.freshet.model.copula.CopulaStratum;
import io.freshet.model.copula.GaussianCopula;
import io.freshet.model.file.ModelFile;
import io.freshet.model.fit.ModelFitter;
import io.freshet.model.marginal.ColumnModel;
import io.freshet.model.marginal.NumberAnchors;
import io.freshet.model.marginal.PartColumn;
import io.freshet.table.ReadOptions;
import io.freshet.table.TableFormat;
import io.freshet.table.TableReader;
import io.freshet.table.TableSample;

/**
 * A stream of batches whose columns drift in ways that are hard to follow: a log-normal scale, the mass of an atom, a second
 * mode, heavy tails, a correlation from .2 to .8.
 *
 * @param seed selects the stream
 * @param length the number of batches
 * @param rows the number of rows per batch
 */
public record DriftingStream(int seed, int length, int rows) {

    private static final int COLUMNS = 4;

    /**
     * The deviation of a model that has learned batch by batch from the exact weighted mixture of all rows.
     *
     * @param meanDistance the mean Kolmogorov–Smirnov distance of the distribution functions
     * @param meanDifference the mean difference of the latent correlations
     * @param earlyBytes the size of its file when it has learned a sixth of the batches
     * @param lateBytes the size of its file at the end
     */
    public record Figures(double meanDistance, double mostDistance, double meanDifference, double mostDifference,
            int earlyBytes,
            int lateBytes, double millisPerUpdate) {
    }

    public Figures learnedByWeight(double weight) throws IOException {
        List<TableSample> batches = new ArrayList<>();
        for (int t = 0; t < length; t++) {
            batches.add(batch(t));
        }
        SynthesisModel model = ModelFitter.fit(batches.get(0), SynthesisMethod.GAUSSIAN_COPULA,
                new FitOptions(false, List.of()));
        List<ColumnModel> first = ((GaussianCopula) model).columns();
        int early = 0;
        long startedAt = System.nanoTime();
        for (int t = 1; t < length; t++) {
            model = OnlineLearning.partialFit(model, batches.get(t), weight).model();
            early = t == length / 6 ? size(model) : early;
        }
        double millis = (System.nanoTime() - startedAt) / 1e6 / (length - 1);
        double[] shares = new double[length];
        Arrays.setAll(shares, t -> Math.pow(1 - weight, length - 1 - t) * (t == 0 ? 1 : weight));
        double[] far = compare(((GaussianCopula) model).strata().get(0), parts(batches, first, shares), first);
        return new Figures(far[0], far[1], far[2], far[3], early, size(model), millis);
    }

    /** Returns the rows of each batch as a component of a mixture; batches with a share of 0 are omitted. */
    public static List<MixturePart> parts(List<TableSample> batches, List<ColumnModel> columns, double[] shares) {
        List<MixturePart> parts = new ArrayList<>();
        for (int t = 0; t < shares.length; t++) {
            if (shares[t] > 0) {
                TableSample batch = batches.get(t);
                parts.add(new RowsPart(shares[t], columns.stream().map(column -> NewColumn.of(batch.rows(), column)).toList(),
                        IntStream.range(0, batch.rows().size()).toArray()));
            }
        }
        return parts;
    }

    /**
     * Returns the mean and the largest distance of distribution functions, and the mean and the largest difference of
     * correlations.
     */
    public static double[] compare(CopulaStratum learned, List<MixturePart> rows, List<ColumnModel> first) {
        Mixture exact = Mixture.of(first, rows, List.of());
        CopulaStratum wanted = exact.stratum(1, exact.marginals(List.of(), NumberAnchors.MANY), true);
        ModelPart part = ModelPart.of(1, learned);
        double[] far = new double[4];
        int pairs = COLUMNS * (COLUMNS - 1) / 2;
        for (int a = 0; a < COLUMNS; a++) {
            double distance = distance(part.column(a), rows, a);
            far[0] += distance / COLUMNS;
            far[1] = Math.max(far[1], distance);
            for (int b = 0; b < a; b++) {
                double difference = Math.abs(learned.correlation()[a][b] - wanted.correlation()[a][b]);
                far[2] += difference / pairs;
                far[3] = Math.max(far[3], difference);
            }
        }
        return far;
    }

    /** Returns the largest difference between the distribution function of a model and that of weighted rows. */
    private static double distance(PartColumn model, List<MixturePart> rows, int column) {
        TreeMap<Double, Double> differences = new TreeMap<>();
        double all = rows.stream().mapToDouble(MixturePart::weight).sum();
        for (int i = 0; i < model.size(); i++) {
            differences.merge(model.numbers()[i], model.masses()[i], Double::sum);
        }
        for (MixturePart part : rows) {
            PartColumn values = part.column(column);
            for (int i = 0; i < values.size(); i++) {
                differences.merge(values.numbers()[i], -part.weight() / all * values.masses()[i], Double::sum);
            }
        }
        double[] steps = differences.values().stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.parallelPrefix(steps, Double::sum);
        return Arrays.stream(steps).map(Math::abs).max().orElse(0);
    }

    static int size(SynthesisModel model) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ModelFile.write(model, out);
        return out.size();
    }

    public TableSample batch(int index) throws IOException {
        Random random = new Random(100_000L * seed + index);
        double t = index / (length - 1.0);
        double rho = .2 + .6 * t;
        StringBuilder csv = new StringBuilder("scale,atom,modes,tails\n");
        for (int i = 0; i < rows; i++) {
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
