package io.freshet.stage;

import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

import io.freshet.event.FieldPath;

/**
 * Aggregates signals by the place in space at which they were measured. Records are passed on unchanged. A record outside the
 * box is only counted; a record for whose cell no memory is left is an error. Any thread may read the grid.
 */
public final class VoxelGrid implements Stage {

    private static final int VERSION = 1;

    /**
     * The fields of a record that the grid uses.
     *
     * @param x the field with the x coordinate; y and z likewise
     * @param names the names of the signals
     * @param signals the fields of the signals
     */
    public record Inputs(FieldPath x, FieldPath y, FieldPath z, List<String> names, List<FieldPath> signals) {
        public Inputs {
            names = List.copyOf(names);
            signals = List.copyOf(signals);
        }
    }

    private final String name;
    private final VoxelBox box;
    private final Inputs inputs;
    private final boolean dense;
    private final long maxBytes;
    private VoxelCells cells;
    private long version;
    private long points;
    private long outside;

    /**
     * @param dense whether the memory of every cell is allocated at the start
     * @param maxBytes the maximum memory of the grid
     * @throws IllegalArgumentException if a dense grid does not fit
     */
    public VoxelGrid(String name, VoxelBox box, Inputs inputs, boolean dense, long maxBytes) {
        this.name = name;
        this.box = box;
        this.inputs = inputs;
        this.dense = dense;
        this.maxBytes = maxBytes;
        this.cells = cells();
    }

    private VoxelCells cells() {
        int signals = inputs.names().size();
        long perCell = VoxelCells.bytesPerCell(signals, dense);
        long room = Math.min(maxBytes / perCell, Integer.MAX_VALUE / (perCell / Long.BYTES));
        long all = box.cells().product();
        if (dense && all > room) {
            throw new IllegalArgumentException("a dense grid of " + all + " cells needs "
                    + ((long) ((double) all * perCell / (1 << 20)) + 1)
                    + " MB: allow more memory, make cells larger, or make it sparse");
        }
        return new VoxelCells(signals, dense, (int) Math.max(1, Math.min(all, room)), maxBytes);
    }

    @Override
    public void accept(StageRecord record, StageOutput out) {
        Map<String, @Nullable Object> fields = record.fields();
        double x = number(inputs.x(), fields);
        double y = number(inputs.y(), fields);
        double z = number(inputs.z(), fields);
        synchronized (this) {
            int slot = slot(x, y, z);
            for (int i = 0; i < inputs.signals().size() && slot >= 0; i++) {
                if (inputs.signals().get(i).get(fields) instanceof Number value) {
                    cells.add(slot, i, value.doubleValue(), version);
                }
            }
        }
        out.emit(record);
    }

    private static double number(FieldPath field, Map<String, @Nullable Object> fields) {
        if (field.get(fields) instanceof Number number) {
            return number.doubleValue();
        }
        throw new IllegalArgumentException(field + " is not a number");
    }

    /** Adds one value of a signal at a point. */
    public synchronized void add(double x, double y, double z, int signal, double value) {
        int slot = slot(x, y, z);
        if (slot >= 0) {
            cells.add(slot, signal, value, version);
        }
    }

    /** Returns the slot for the values of a point and increments the version, or returns −1 if the point is outside. */
    private int slot(double x, double y, double z) {
        long cell = box.index(x, y, z);
        if (cell < 0) {
            outside++;
            return -1;
        }
        int slot = cells.slot(cell);
        if (slot < 0) {
            throw new IllegalArgumentException("the grid has no memory for more than " + cells.most() + " cells");
        }
        points++;
        version++;
        return slot;
    }

    /**
     * Returns the cells in a region that changed after a version.
     *
     * @param from the minimum corner of the region; null for that of the grid
     * @param to the maximum corner of the region; null for that of the grid
     * @param since the version; 0 for all cells
     * @param maxCells the maximum number of cells returned; query smaller regions for the others
     */
    public synchronized VoxelView look(VoxelBox.@Nullable Point from, VoxelBox.@Nullable Point to, long since, int maxCells) {
        List<Voxel> found = new ArrayList<>();
        boolean complete = true;
        for (int slot = 0; slot < cells.slots() && complete; slot++) {
            if (cells.version(slot) > since && isIn(cells.cell(slot), from, to)) {
                complete = found.size() < maxCells;
                if (complete) {
                    found.add(voxel(slot));
                }
            }
        }
        return new VoxelView(name, version, box, inputs.names(), complete, found);
    }

    private Voxel voxel(int slot) {
        long cell = cells.cell(slot);
        return new Voxel(box.xOf(cell), box.yOf(cell), box.zOf(cell),
                IntStream.range(0, inputs.names().size()).mapToObj(signal -> cells.value(slot, signal)).toList());
    }

    /** Returns whether a cell overlaps the region. */
    private boolean isIn(long cell, VoxelBox.@Nullable Point from, VoxelBox.@Nullable Point to) {
        double x = box.least().x() + box.xOf(cell) * box.cell().x();
        double y = box.least().y() + box.yOf(cell) * box.cell().y();
        double z = box.least().z() + box.zOf(cell) * box.cell().z();
        boolean behind = from == null
                || x + box.cell().x() > from.x() && y + box.cell().y() > from.y() && z + box.cell().z() > from.z();
        return behind && (to == null || x <= to.x() && y <= to.y() && z <= to.z());
    }

    /** Removes all values. The version continues to increase. */
    public synchronized void reset() {
        cells = cells();
        points = 0;
        outside = 0;
        version++;
    }

    public String name() {
        return name;
    }

    @Override
    public synchronized Map<String, Long> counts() {
        Map<String, Long> counts = new LinkedHashMap<>();
        counts.put("points", points);
        counts.put("outside", outside);
        counts.put("version", version);
        counts.put("cells", (long) cells.used());
        counts.put("most_cells", (long) cells.most());
        return counts;
    }

    @Override
    public boolean keepsState() {
        return true;
    }

    @Override
    public synchronized byte[] state() {
        return StageState.of(VERSION, out -> {
            out.writeLong(version);
            out.writeLong(points);
            out.writeLong(outside);
            for (int slot = 0; slot < cells.slots(); slot++) {
                if (cells.version(slot) > 0) {
                    write(slot, out);
                }
            }
            out.writeLong(-1);
        });
    }

    private void write(int slot, DataOutputStream out) throws IOException {
        out.writeLong(cells.cell(slot));
        out.writeLong(cells.version(slot));
        for (int signal = 0; signal < inputs.names().size(); signal++) {
            VoxelValue value = cells.value(slot, signal);
            out.writeInt(value.count());
            out.writeDouble(value.sum());
            out.writeDouble(value.least());
            out.writeDouble(value.greatest());
            out.writeDouble(value.last());
        }
    }

    @Override
    public synchronized void restore(byte[] state) {
        StageState.restore(state, VERSION, in -> {
            version = in.readLong();
            points = in.readLong();
            outside = in.readLong();
            for (long cell = in.readLong(); cell >= 0; cell = in.readLong()) {
                int slot = cells.slot(cell);
                if (slot < 0) {
                    throw new IllegalArgumentException("the grid has not enough memory for its saved cells");
                }
                long seen = in.readLong();
                for (int signal = 0; signal < inputs.names().size(); signal++) {
                    cells.put(slot, signal, new VoxelValue(in.readInt(), in.readDouble(), in.readDouble(), in.readDouble(),
                            in.readDouble()), seen);
                }
            }
        });
    }
}
