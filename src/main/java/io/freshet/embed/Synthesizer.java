package io.freshet.embed;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

import io.freshet.codec.ParquetRows;
import io.freshet.model.FitOptions;
import io.freshet.model.Influence;
import io.freshet.model.RowGenerator;
import io.freshet.model.SynthesisMethod;
import io.freshet.model.SynthesisModel;
import io.freshet.model.file.ModelFile;
import io.freshet.model.fit.ModelFitter;
import io.freshet.model.online.OnlineLearning;
import io.freshet.model.privacy.PrivacyOptions;
import io.freshet.model.privacy.PrivateFitter;
import io.freshet.model.privacy.PrivateLearning;
import io.freshet.model.privacy.PrivateModel;
import io.freshet.parquet.Compression;
import io.freshet.table.ReadOptions;
import io.freshet.table.RowBatch;
import io.freshet.table.TableException;
import io.freshet.table.TableFormat;
import io.freshet.table.TableReader;
import io.freshet.table.TableSample;

/**
 * Learns a table and generates records like it inside another program, without a server. Immutable and thread-safe.
 *
 * <pre>{@code
 * Synthesizer synthesizer = Synthesizer.fit(Path.of("customers.csv"));
 * for (Batch batch : synthesizer.stream(GenerationSettings.defaults().withMaxRecords(10_000))) {
 *     batch.records().forEach(System.out::println);
 * }
 * }</pre>
 */
public final class Synthesizer {

    private static final int ROWS_PER_BATCH = 4096;

    private final SynthesisModel model;

    private Synthesizer(SynthesisModel model) {
        this.model = model;
    }

    public static Synthesizer of(SynthesisModel model) {
        return new Synthesizer(model);
    }

    /**
     * Fits a model to a file, by the method that describes it better ({@link SynthesisMethod#AUTO}).
     *
     * @param table CSV, NDJSON, a JSON array of objects or Parquet, according to its extension
     * @throws TableException if it is not a valid table, or its extension is not {@code .csv}, {@code .ndjson}, {@code .json}
     *         or {@code .parquet}
     */
    public static Synthesizer fit(Path table) throws IOException {
        return fit(TableReader.read(table, format(table), ReadOptions.defaults()), SynthesisMethod.AUTO,
                FitOptions.defaults());
    }

    private static TableFormat format(Path table) {
        return TableFormat.ofFileName(table.toString()).orElseThrow(() -> new TableException("unknown extension of the file "
                + table.getFileName() + "; expected one of .csv, .ndjson, .json, .parquet"));
    }

    /** Fits a model to a table that has been read already. */
    public static Synthesizer fit(TableSample table, SynthesisMethod method, FitOptions options) {
        return new Synthesizer(ModelFitter.fit(table, method, options));
    }

    /**
     * Fits a model with differential privacy to a file.
     *
     * @param table as for {@link #fit(Path)}
     * @throws TableException if it is not a valid table, or differs from what the options declare
     */
    public static Synthesizer fit(Path table, PrivacyOptions options) throws IOException {
        return new Synthesizer(PrivateFitter.fit(TableReader.read(table, format(table), ReadOptions.defaults().asTexts()),
                options, Optional.empty()));
    }

    /** Reads a model that {@link #write} wrote, or that the service exported. */
    public static Synthesizer read(InputStream file) throws IOException {
        return new Synthesizer(ModelFile.read(file));
    }

    /**
     * Returns a new synthesizer that combines this one's knowledge with more rows.
     *
     * @param weight 0 to 1: the influence of the new rows
     * @throws TableException if the rows do not fit the columns of the model
     */
    public Synthesizer partialFit(TableSample rows, double weight) {
        return new Synthesizer(OnlineLearning.partialFit(model, rows, weight).model());
    }

    /**
     * Returns a new synthesizer that combines the knowledge of this one, which must be private, with more rows. The ledger of
     * the model adds up what both have spent.
     *
     * @param rows read with {@link ReadOptions#asTexts}
     * @param weight 0 to 1: the influence of the new rows
     * @throws IllegalStateException if the model of this synthesizer is not private
     * @throws io.freshet.model.privacy.PrivacyBudgetException if both would exceed the budget of the model
     * @throws TableException if the rows lack a column of the model
     */
    public Synthesizer partialFit(TableSample rows, double weight, PrivacyOptions options) {
        if (!(model instanceof PrivateModel noisy)) {
            throw new IllegalStateException("the model is not private");
        }
        return new Synthesizer(PrivateLearning.learn(noisy, rows, weight, options).model());
    }

    /**
     * Returns a new synthesizer that has learned more rows, in a sliding window or by weight. The rows of the fit count as
     * having arrived with the first rows that are learned.
     *
     * @param now when the rows arrived
     * @throws TableException if the rows do not fit the columns of the model
     */
    public Synthesizer learn(TableSample rows, Influence influence, Instant now) {
        return new Synthesizer(OnlineLearning.learn(model, rows, influence, now, now).model());
    }

    /** Writes the model as a file. */
    public void write(OutputStream file) throws IOException {
        ModelFile.write(model, file);
    }

    /** Returns the model. Its generators fill columns, which is many times faster than creating records. */
    public SynthesisModel model() {
        return model;
    }

    /**
     * Writes records as a Parquet file, with types from the model. Memory holds one row group, whatever their number.
     *
     * @param out receives the file; closed
     * @param settings seed, conditions, the first record and their number; batches, delays and metadata do not matter
     * @throws IllegalArgumentException if the settings do not limit the number of records
     * @throws io.freshet.model.ConditionException if no record can satisfy the conditions
     */
    public void writeParquet(OutputStream out, GenerationSettings settings) throws IOException {
        long records = settings.maxRecords()
                .orElseThrow(() -> new IllegalArgumentException("a file needs a maximum number of records"));
        RowGenerator generator = model.generator(settings.seed(), settings.conditions());
        RowBatch batch = generator.newBatch(ROWS_PER_BATCH);
        try (ParquetRows file = new ParquetRows(batch, false, Compression.ZSTD, out)) {
            for (long done = 0; done < records; done += batch.size()) {
                generator.fill(batch, settings.firstRecord() + done, (int) Math.min(ROWS_PER_BATCH, records - done));
                file.write(batch, null);
            }
        }
    }

    /**
     * Returns records in batches.
     *
     * @throws io.freshet.model.ConditionException if no record can satisfy the conditions
     */
    public BatchStream stream(GenerationSettings settings) {
        return new BatchStream(model, settings);
    }
}
