package io.freshet;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

import io.freshet.model.FitOptions;
import io.freshet.model.Influence;
import io.freshet.model.ModelFile;
import io.freshet.model.ModelFitter;
import io.freshet.model.OnlineLearning;
import io.freshet.model.SynthesisMethod;
import io.freshet.model.SynthesisModel;
import io.freshet.table.ReadOptions;
import io.freshet.table.TableException;
import io.freshet.table.TableFormat;
import io.freshet.table.TableReader;
import io.freshet.table.TableSample;

/**
 * Learns a table and makes records like it, inside another program: no server is needed. Immutable and thread-safe.
 *
 * <pre>{@code
 * Synthesizer synthesizer = Synthesizer.fit(Path.of("customers.csv"));
 * for (Batch batch : synthesizer.stream(GenerationSettings.defaults().withMaxRecords(10_000))) {
 *     batch.records().forEach(System.out::println);
 * }
 * }</pre>
 */
public final class Synthesizer {

    private final SynthesisModel model;

    private Synthesizer(SynthesisModel model) {
        this.model = model;
    }

    public static Synthesizer of(SynthesisModel model) {
        return new Synthesizer(model);
    }

    /**
     * Fits a Gaussian copula to a file.
     *
     * @param table CSV, NDJSON or a JSON array of objects, as the ending of its name says
     * @throws TableException if it is no table, or its ending is none of {@code .csv}, {@code .ndjson}, {@code .json}
     */
    public static Synthesizer fit(Path table) throws IOException {
        TableFormat format = TableFormat.ofFileName(table.toString())
                .orElseThrow(() -> new TableException("the ending of " + table.getFileName() + " names no format; there are "
                        + ".csv, .ndjson, .json"));
        try (InputStream in = Files.newInputStream(table)) {
            return fit(TableReader.read(in, format, ReadOptions.defaults()), SynthesisMethod.GAUSSIAN_COPULA,
                    FitOptions.defaults());
        }
    }

    /** Fits a model to a table that was read before. */
    public static Synthesizer fit(TableSample table, SynthesisMethod method, FitOptions options) {
        return new Synthesizer(ModelFitter.fit(table, method, options));
    }

    /** Reads a model that {@link #write} wrote, or the service exported. */
    public static Synthesizer read(InputStream file) throws IOException {
        return new Synthesizer(ModelFile.read(file));
    }

    /**
     * What this one knows and more rows together, as a synthesizer of its own.
     *
     * @param weight 0 to 1: the influence of the new rows
     * @throws TableException if the rows do not fit the columns of the model
     */
    public Synthesizer partialFit(TableSample rows, double weight) {
        return new Synthesizer(OnlineLearning.partialFit(model, rows, weight).model());
    }

    /**
     * This one with more rows learned, in a sliding window or by weight. What was fitted counts as having come with the first
     * rows that are learned.
     *
     * @param now when the rows came
     * @throws TableException if the rows do not fit the columns of the model
     */
    public Synthesizer learn(TableSample rows, Influence influence, Instant now) {
        return new Synthesizer(OnlineLearning.learn(model, rows, influence, now, now).model());
    }

    /** Writes the model as a file. */
    public void write(OutputStream file) throws IOException {
        ModelFile.write(model, file);
    }

    /** What was learned; its generators fill columns, many times faster than records are made. */
    public SynthesisModel model() {
        return model;
    }

    /**
     * Records in batches.
     *
     * @throws io.freshet.model.ConditionException if no record can satisfy the conditions
     */
    public BatchStream stream(GenerationSettings settings) {
        return new BatchStream(model, settings);
    }
}
