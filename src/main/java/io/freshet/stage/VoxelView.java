package io.freshet.stage;

import java.util.List;

/**
 * Some cells of a grid at one moment.
 *
 * @param version the version of the grid, from which later changes can be requested
 * @param complete whether these are all requested cells
 */
public record VoxelView(String grid, long version, VoxelBox box, List<String> signals, boolean complete, List<Voxel> voxels) {

    public VoxelView {
        signals = List.copyOf(signals);
        voxels = List.copyOf(voxels);
    }
}
