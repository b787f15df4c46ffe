package io.freshet.model.gan;

import java.util.List;

import io.freshet.model.GanOptions;
import io.freshet.table.TableException;

/** Estimates the memory of a training before it begins. */
final class TrainingMemory {

    /** The fraction of the heap that training may use, as a divisor. */
    private static final int PART_OF_HEAP = 2;
    /** Value, gradient, two moments, and the transpose. */
    private static final int COPIES_OF_WEIGHTS = 5;
    /** Value, mode, position and index of a cell. */
    private static final int BYTES_PER_CELL = 20;
    private static final long MEGABYTE = 1 << 20;

    private TrainingMemory() {
    }

    /**
     * Returns the bytes that training needs.
     *
     * @throws TableException if they are more than a part of the heap
     */
    static long require(GanOptions options, NetworkLayout layout, int rows) {
        return require(options, layout, rows, Runtime.getRuntime().maxMemory());
    }

    static long require(GanOptions options, NetworkLayout layout, int rows, long heapBytes) {
        long needed = bytes(options, layout, rows);
        if (needed > heapBytes / PART_OF_HEAP) {
            throw new TableException("ctgan needs about " + (needed / MEGABYTE + 1) + " MB for " + layout.width()
                    + " outputs and a batch of " + options.batchSize() + " rows, more than half of the heap of "
                    + heapBytes / MEGABYTE + " MB; raise -Xmx, or lower batch_size, generator_dim, discriminator_dim or pac");
        }
        return needed;
    }

    static long bytes(GanOptions options, NetworkLayout layout, int rows) {
        long weights = 0;
        long perRow = 0;
        long perMomentRow = 0;
        long width = options.embeddingDim() + (long) layout.conditionWidth();
        for (int hidden : options.generatorDim()) {
            weights += width * hidden;
            perRow += 3 * width + 2L * hidden;
            width += hidden;
            perMomentRow = 2 * width;
        }
        weights += width * layout.width();
        perRow += 2 * width + 3L * layout.width();
        long packWidth = options.pac() * ((long) layout.width() + layout.conditionWidth());
        long perPack = 5 * packWidth;
        weights += critic(packWidth, options.discriminatorDim());
        perPack += 4 * options.discriminatorDim().stream().mapToLong(Integer::longValue).sum();
        long floats = COPIES_OF_WEIGHTS * weights + options.batchSize() * perRow
                + options.batchSize() / options.pac() * perPack + Training.MOMENT_ROWS * perMomentRow;
        return Float.BYTES * floats + (long) rows * layout.spans().size() * BYTES_PER_CELL;
    }

    private static long critic(long packWidth, List<Integer> hidden) {
        long weights = 0;
        long width = packWidth;
        for (int size : hidden) {
            weights += width * size;
            width = size;
        }
        return weights + width;
    }
}
