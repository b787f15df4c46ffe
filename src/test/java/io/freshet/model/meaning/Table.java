package io.freshet.model.meaning;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

import io.freshet.model.Conditions;
import io.freshet.model.FitOptions;
import io.freshet.model.RowGenerator;
import io.freshet.model.SynthesisMethod;
import io.freshet.model.SynthesisModel;
import io.freshet.model.file.ModelFile;
import io.freshet.model.fit.ModelFitter;
import io.freshet.table.ReadOptions;
import io.freshet.table.RowBatch;
import io.freshet.table.TableFormat;
import io.freshet.table.TableReader;
import io.freshet.table.TableSample;

/** A table of a test, in tabs. */
record Table(String header, List<String> lines) {

    /** @param row the fields of a row, divided by tabs */
    static Table of(String header, int rows, IntFunction<String> row) {
        return new Table(header, IntStream.range(0, rows).mapToObj(row).toList());
    }

    /** The texts of a column. */
    List<String> column(String name) {
        int index = List.of(header.split("\t")).indexOf(name);
        return lines.stream().map(line -> line.split("\t", -1)[index]).toList();
    }

    TableSample read() {
        String text = header + "\n" + String.join("\n", lines) + "\n";
        try {
            return TableReader.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), TableFormat.CSV,
                    ReadOptions.defaults());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    SynthesisModel fit(SynthesisMethod method) {
        return ModelFitter.fit(read(), method, FitOptions.defaults());
    }

    static SynthesisModel reread(SynthesisModel model) {
        try {
            ByteArrayOutputStream file = new ByteArrayOutputStream();
            ModelFile.write(model, file);
            return ModelFile.read(new ByteArrayInputStream(file.toByteArray()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Rows that a model draws, the columns of texts and names only; an empty text for a missing one. */
    static Table drawn(SynthesisModel model, long seed, long firstRow, int rows) {
        RowGenerator generator = model.generator(seed, Conditions.none());
        RowBatch batch = generator.newBatch(rows);
        generator.fill(batch, firstRow, rows);
        List<String> names = model.schema().columns().stream().map(column -> column.name()).toList();
        List<String> lines = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            List<String> fields = new ArrayList<>();
            for (int c = 0; c < names.size(); c++) {
                String text = RowTexts.text(batch.vector(c), row);
                fields.add(text == null ? "" : text);
            }
            lines.add(String.join("\t", fields));
        }
        return new Table(String.join("\t", names), lines);
    }
}
