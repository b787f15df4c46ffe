package io.freshet.stage;

import java.util.List;

/**
 * A cell of a grid.
 *
 * @param x the index of the cell along the x axis, from 0; y and z likewise
 * @param values one value per signal
 */
public record Voxel(int x, int y, int z, List<VoxelValue> values) {

    public Voxel {
        values = List.copyOf(values);
    }
}
