package io.freshet.stage;

import java.util.List;

/**
 * A cell of a grid.
 *
 * @param x which it is along each axis, from 0
 * @param values one for each signal
 */
public record Voxel(int x, int y, int z, List<VoxelValue> values) {

    public Voxel {
        values = List.copyOf(values);
    }
}
