package io.freshet.api;

import java.io.IOException;
import java.io.InputStream;

import io.freshet.model.SynthesisModel;
import io.freshet.model.privacy.PrivateModel;
import io.freshet.model.report.ComparedRows;
import io.freshet.table.ReadOptions;
import io.freshet.table.TableFormat;
import io.freshet.table.TableReader;
import io.freshet.table.TableSample;

/** Reads rows for an existing model, according to its columns. */
final class RealRows {

    private RealRows() {
    }

    /** Reads rows to compare with: columns of numbers may contain any numbers. */
    static TableSample toCompare(InputStream in, TableFormat format, SynthesisModel model, ReadOptions base)
            throws IOException {
        return TableReader.read(in, format, ComparedRows.options(model, base));
    }

    /** Reads rows to learn from: integers remain integers. Of rows for a private model only the texts are read. */
    static TableSample toLearn(InputStream in, TableFormat format, SynthesisModel model, ReadOptions base) throws IOException {
        return TableReader.read(in, format,
                model instanceof PrivateModel ? base.asTexts() : base.withTypesOf(model.schema()));
    }
}
