package io.freshet.stage;

/**
 * A box in space, divided into cells of equal size. Cell (0, 0, 0) is at the minimum corner; a point on the maximum faces
 * belongs to the last cells.
 *
 * @param least the minimum corner
 * @param cell the size of a cell along each axis
 * @param cells the number of cells along each axis
 */
public record VoxelBox(Point least, Point cell, Counts cells) {

    private static final double MAX_ALONG_AN_AXIS = 2_000_000;

    /** A point, or a size along each axis. */
    public record Point(double x, double y, double z) {
    }

    /** The number of cells along each axis. */
    public record Counts(int x, int y, int z) {

        long product() {
            return (long) x * y * z;
        }
    }

    /**
     * Returns the box with these corners. If the cells do not divide it evenly, the last ones extend beyond it.
     *
     * @throws IllegalArgumentException if the box has no volume, or too many cells along an axis
     */
    public static VoxelBox of(Point min, Point max, Point cell) {
        return new VoxelBox(min, cell, new Counts(count(max.x() - min.x(), cell.x()),
                count(max.y() - min.y(), cell.y()), count(max.z() - min.z(), cell.z())));
    }

    private static int count(double length, double cell) {
        double count = Math.ceil(length / cell - 1e-9);
        if (!(length > 0) || !(cell > 0) || !(count <= MAX_ALONG_AN_AXIS)) {
            throw new IllegalArgumentException("a grid has 1 to 2000000 cells of positive size along each axis");
        }
        return (int) Math.max(1, count);
    }

    /** Returns the index of the cell that contains a point, or −1 if the point is outside or a coordinate is NaN. */
    long index(double x, double y, double z) {
        int ix = along(x, least.x(), cell.x(), cells.x());
        int iy = along(y, least.y(), cell.y(), cells.y());
        int iz = along(z, least.z(), cell.z(), cells.z());
        return (ix | iy | iz) < 0 ? -1 : ((long) iz * cells.y() + iy) * cells.x() + ix;
    }

    private static int along(double at, double min, double size, int count) {
        double cell = (at - min) / size;
        if (!(cell >= 0 && cell <= count)) {
            return -1;
        }
        return (int) cell < count ? (int) cell : count - 1;
    }

    int xOf(long index) {
        return (int) (index % cells.x());
    }

    int yOf(long index) {
        return (int) (index / cells.x() % cells.y());
    }

    int zOf(long index) {
        return (int) (index / cells.x() / cells.y());
    }
}
