package io.freshet.model.gan;

import java.util.List;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

import io.freshet.model.FitMonitor;
import io.freshet.model.GanOptions;
import io.freshet.model.tree.CodeKind;
import io.freshet.model.tree.CodesFitter;
import io.freshet.model.tree.ColumnCodes;
import io.freshet.model.tree.TreeOptions;
import io.freshet.table.TableException;
import io.freshet.table.TableSample;

/** Fits {@link GanModel}s. The result depends on the seed of the options, but not on the order of the rows. */
public final class GanFitter {

    private static final int PART_OF_EPOCHS = 10;

    private GanFitter() {
    }

    /**
     * Fits a model to a table.
     *
     * @param monitor follows the training and may cancel it
     * @throws TableException if training needs more memory than half of the heap
     * @throws FitMonitor.CancelledException if the monitor cancels the fit
     */
    public static GanModel fit(TableSample sample, GanOptions options, FitMonitor monitor) {
        return fit(sample, options, options, monitor, null, sample.totalRows());
    }

    /**
     * Continues to train a model with other rows, for a tenth of the epochs.
     *
     * @param rows how many rows the model stands for
     * @throws TableException as {@link #fit}
     */
    public static GanModel update(GanModel old, TableSample sample, long rows) {
        GanOptions options = old.options();
        GanOptions fewer = options.withEpochs(Math.max(1, options.epochs() / PART_OF_EPOCHS));
        return fit(sample, options, fewer, FitMonitor.NONE, old, rows);
    }

    /** @param options of the model, which further updates follow */
    private static GanModel fit(TableSample sample, GanOptions options, GanOptions now, FitMonitor monitor,
            @Nullable GanModel old, long rows) {
        CodesFitter fitter = new CodesFitter(sample, TreeOptions.defaults());
        List<ColumnModes> columns = IntStream.range(0, sample.schema().size())
                .mapToObj(c -> ColumnModes.of(codes(fitter, c, old), sample.rows().vector(c), sample.rows().size())).toList();
        NetworkLayout layout = NetworkLayout.of(columns);
        long bytes = TrainingMemory.require(now, layout, sample.rows().size());
        try (FitMonitor.Reservation memory = monitor.reserve(bytes); Workers workers = Workers.create()) {
            EncodedRows table = EncodedRows.of(columns, layout, sample.rows(), options.seed());
            Training training = new Training(now, columns, layout, table, workers);
            if (old != null) {
                training.startFrom(old);
            }
            TrainingReport report = new TrainingRun(training, now, monitor).run();
            return new GanModel(columns, training.generatorWeights(), training.criticLayers(), options, report, rows);
        }
    }

    /** The pattern of a column of texts stays, because new rows come without their texts. */
    private static ColumnCodes codes(CodesFitter fitter, int column, @Nullable GanModel old) {
        ColumnCodes known = old == null ? null : old.columns().get(column).codes();
        return known != null && known.kind() == CodeKind.TEXT ? known : fitter.fit(column);
    }
}
