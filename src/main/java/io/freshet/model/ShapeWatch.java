package io.freshet.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

import io.freshet.table.RowBatch;

/**
 * Compares rows on their way with the model they should be of, as cheaply as counting them: each value falls into one of a
 * few bins that are equally likely, or is a category. The last rows count, between {@link #GENERATION} and twice as many.
 * One thread looks, any may ask.
 */
public final class ShapeWatch {

    /** How many rows are looked at before those before them are forgotten. */
    static final int GENERATION = 10_000;
    private static final int FEWEST_ROWS = 100;
    /** Where there are conditions, the distribution to compare with is that of so many other rows. */
    private static final int DRAWN = 20_000;
    private static final long OTHER_SEED = 0x5eed_0f_5a9eL;

    private final List<ShapeCounts> columns;
    private final double referenceRows;
    private long current;
    private long previous;

    private ShapeWatch(List<ShapeCounts> columns, double referenceRows) {
        this.columns = columns;
        this.referenceRows = referenceRows;
    }

    /** @param conditions that the rows satisfy */
    public static ShapeWatch of(SynthesisModel model, Conditions conditions) {
        List<ColumnModel> columns = GaussianCopula.of(model).columns();
        List<ShapeCounts> counts = new ArrayList<>();
        if (conditions.isEmpty()) {
            for (int c : watched(model)) {
                ShapeCounts.of(c, columns.get(c)).ifPresent(counts::add);
            }
            return new ShapeWatch(counts, Double.POSITIVE_INFINITY);
        }
        RowGenerator generator = model.generator(OTHER_SEED, conditions);
        RowBatch rows = generator.newBatch(DRAWN);
        generator.fill(rows, 0, DRAWN);
        for (int c : watched(model)) {
            ShapeCounts.of(c, columns.get(c), rows).ifPresent(counts::add);
        }
        return new ShapeWatch(counts, DRAWN);
    }

    /** Columns that follow from others by a constraint are as good as those. */
    private static int[] watched(SynthesisModel model) {
        return IntStream.range(0, model.schema().size())
                .filter(c -> !(model instanceof ConstrainedModel constrained && constrained.plan().isDerived(c))).toArray();
    }

    /** @param rows of the model, as its generators fill them */
    public synchronized void look(RowBatch rows) {
        if (current >= GENERATION) {
            previous = current;
            current = 0;
            columns.forEach(ShapeCounts::forget);
        }
        current += rows.size();
        columns.forEach(column -> column.count(rows));
    }

    /** Empty until there are {@value #FEWEST_ROWS} rows, or if no column has values to compare. */
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
