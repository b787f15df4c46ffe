package io.freshet.stage;

import java.util.List;

/**
 * Some cells of a grid as they were at one moment.
 *
 * @param version of the grid: what has changed after that can be asked for later
 * @param complete whether these are all that were asked for
 */
public record VoxelView(String grid, long version, VoxelBox box, List<String> signals, boolean complete, List<Voxel> voxels) {

    public VoxelView {
        signals = List.copyOf(signals);
        voxels = List.copyOf(voxels);
    }
}
