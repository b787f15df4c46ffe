package io.freshet.stage;

/**
 * A box in space, cut into cells of equal size: cell (0, 0, 0) is at the least corner; a point on the greatest faces belongs to
 * the last cells.
 *
 * @param least the least corner
 * @param cell the size of a cell along each axis
 * @param cells how many there are along each axis
 */
public record VoxelBox(Point least, Point cell, Counts cells) {

    private static final double MOST_ALONG_AN_AXIS = 2_000_000;

    /** A point, or a size along each axis. */
    public record Point(double x, double y, double z) {
    }

    /** Numbers of cells along each axis. */
    public record Counts(int x, int y, int z) {

        long product() {
            return (long) x * y * z;
        }
    }

    /**
     * The box with these corners; where the cells do not fit in, the last ones reach beyond.
     *
     * @throws IllegalArgumentException if it has no volume, or too many cells along an axis
     */
    public static VoxelBox of(Point least, Point greatest, Point cell) {
        return new VoxelBox(least, cell, new Counts(count(greatest.x() - least.x(), cell.x()),
                count(greatest.y() - least.y(), cell.y()), count(greatest.z() - least.z(), cell.z())));
    }

    private static int count(double length, double cell) {
        double count = Math.ceil(length / cell - 1e-9);
        if (!(length > 0) || !(cell > 0) || !(count <= MOST_ALONG_AN_AXIS)) {
            throw new IllegalArgumentException("a grid has 1 to 2000000 cells of positive size along each axis");
        }
        return (int) Math.max(1, count);
    }

    /** The index of the cell that a point is in; −1 if it is outside, or no point at all. */
    long index(double x, double y, double z) {
        int ix = along(x, least.x(), cell.x(), cells.x());
        int iy = along(y, least.y(), cell.y(), cells.y());
        int iz = along(z, least.z(), cell.z(), cells.z());
        return (ix | iy | iz) < 0 ? -1 : ((long) iz * cells.y() + iy) * cells.x() + ix;
    }

    private static int along(double at, double least, double size, int count) {
        double cell = (at - least) / size;
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
