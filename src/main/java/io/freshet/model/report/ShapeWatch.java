package io.freshet.model.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;

import io.freshet.model.Conditions;
import io.freshet.model.RowGenerator;
import io.freshet.model.SynthesisModel;
import io.freshet.model.constraint.ConstrainedModel;
import io.freshet.model.copula.GaussianCopula;
import io.freshet.model.marginal.ColumnModel;
import io.freshet.model.meaning.MeaningModel;
import io.freshet.table.RowBatch;

/**
 * Compares streamed rows with the model from which they should come, as cheaply as counting: each value falls into one of a few
 * equally likely bins, or is a category. The most recent rows count, between {@link #GENERATION} and twice as many. One thread
 * adds rows; any thread may read the scores.
 */
public final class ShapeWatch {

    /** How many rows are compared before the previous ones are dropped. */
    static final int GENERATION = 10_000;
    private static final int FEWEST_ROWS = 100;
    /**
     * With conditions, or if the model has no marginals of its own, the expected distribution is estimated from this many other
     * rows, or from fewer if they take long to draw.
     */
    private static final int DRAWN = 20_000;
    private static final int FIRST_DRAWN = 10;
    private static final int GROWTH = 4;
    /** The stream waits for the estimate, which takes this long and the time for the portion under way. */
    private static final long MAX_DRAWING_NANOS = 2_000_000_000L;
    private static final long OTHER_SEED = 0x5eed_0f_5a9eL;

    private final List<ShapeCounts> columns;
    private final double referenceRows;
    private long current;
    private long previous;

    private ShapeWatch(List<ShapeCounts> columns, double referenceRows) {
        this.columns = columns;
        this.referenceRows = referenceRows;
    }

    /** @param conditions the conditions that the rows satisfy */
    public static ShapeWatch of(SynthesisModel model, Conditions conditions) {
        return of(model, conditions, () -> 0);
    }

    /**
     * Creates a watch whose expected distribution is estimated from fewer rows if they take long to draw.
     *
     * @param nanos a monotonic clock
     */
    public static ShapeWatch of(SynthesisModel model, Conditions conditions, LongSupplier nanos) {
        List<ShapeCounts> counts = new ArrayList<>();
        if (conditions.isEmpty() && model.core() instanceof GaussianCopula copula) {
            List<ColumnModel> columns = copula.columns();
            for (int c : watched(model)) {
                ShapeCounts.of(c, columns.get(c)).ifPresent(counts::add);
            }
            return new ShapeWatch(counts, Double.POSITIVE_INFINITY);
        }
        RowGenerator generator = model.generator(OTHER_SEED, conditions);
        RowBatch rows = generator.newBatch(DRAWN);
        int drawn = draw(generator, rows, nanos);
        for (int c : drawn < FEWEST_ROWS ? new int[0] : watched(model)) {
            ShapeCounts.of(c, model.schema().column(c), rows).ifPresent(counts::add);
        }
        return new ShapeWatch(counts, drawn);
    }

    /**
     * Draws more and more rows until the time is over: rows that satisfy a rare condition on a derived column are found by
     * trial.
     *
     * @return how many rows were drawn
     */
    private static int draw(RowGenerator generator, RowBatch rows, LongSupplier nanos) {
        long startedAt = nanos.getAsLong();
        int size = FIRST_DRAWN;
        generator.fill(rows, 0, size);
        while (size < DRAWN && nanos.getAsLong() - startedAt < MAX_DRAWING_NANOS) {
            size = Math.min(DRAWN, size * GROWTH);
            generator.fill(rows, 0, size);
        }
        return size;
    }

    /** Skips columns that are derived from others by a constraint, because they are as good as those. */
    private static int[] watched(SynthesisModel model) {
        SynthesisModel inner = model instanceof MeaningModel texts ? texts.inner() : model;
        return IntStream.range(0, model.schema().size())
                .filter(c -> !(inner instanceof ConstrainedModel constrained && constrained.plan().isDerived(c))
                        && !(model instanceof MeaningModel texts && texts.plan().has(c)))
                .toArray();
    }

    /** @param rows rows of the model, as its generators fill them */
    public synchronized void look(RowBatch rows) {
        if (current >= GENERATION) {
            previous = current;
            current = 0;
            columns.forEach(ShapeCounts::forget);
        }
        current += rows.size();
        columns.forEach(column -> column.count(rows));
    }

    /** Returns empty until {@value #FEWEST_ROWS} rows were compared, or if no column has values to compare. */
    public synchronized Optional<ShapeScores> scores() {
        long rows = current + previous;
        if (rows < FEWEST_ROWS) {
            return Optional.empty();
        }
        List<ShapeScores.ColumnShape> shapes = columns.stream().flatMap(column -> column.shape(referenceRows).stream())
                .toList();
        return shapes.stream().min(Comparator.comparingDouble(shape -> shape.score() - shape.ceiling()))
                .map(worst -> new ShapeScores(rows,
                        shapes.stream().mapToDouble(ShapeScores.ColumnShape::score).average().orElse(1),
                        shapes.stream().mapToDouble(ShapeScores.ColumnShape::ceiling).average().orElse(1), worst, shapes));
    }
}
