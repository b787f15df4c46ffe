package io.freshet.retail;

import java.util.Arrays;

/**
 * The stock of a store by slot of its assortment: the pieces on the shelf, the pieces on hand (on the shelf and in unpaid
 * baskets), and the pieces on order. No number is ever negative. Not thread-safe.
 */
final class Shelves {

    private static final int MOST = 30_000;
    private static final int LEAST = 4;

    private final Assortment assortment;
    private final double coverPieces;
    private final double reorderPieces;
    private final short[] shelf;
    private final short[] book;
    private final short[] ordered;

    /** @param piecesPerDay how many pieces of all products are sold on a typical day */
    Shelves(Assortment assortment, Parameters.Stock stock, double piecesPerDay) {
        this.assortment = assortment;
        this.coverPieces = piecesPerDay * stock.coverDays();
        this.reorderPieces = piecesPerDay * stock.reorderDays();
        shelf = new short[assortment.size()];
        book = new short[assortment.size()];
        ordered = new short[assortment.size()];
    }

    /** Fills all shelves and clears all orders. */
    void fill() {
        for (int slot = 0; slot < book.length; slot++) {
            book[slot] = (short) level(slot);
            shelf[slot] = book[slot];
        }
        Arrays.fill(ordered, (short) 0);
    }

    int size() {
        return book.length;
    }

    /** Returns the full stock level. */
    int level(int slot) {
        return (int) Math.min(MOST, LEAST + Math.ceil(assortment.share(slot) * coverPieces));
    }

    /** Returns the stock at which more pieces are ordered; less than the level. */
    int reorderPoint(int slot) {
        return (int) Math.min(level(slot) - 1.0, 1 + Math.floor(assortment.share(slot) * reorderPieces));
    }

    int onShelf(int slot) {
        return shelf[slot];
    }

    int onHand(int slot) {
        return book[slot];
    }

    int onOrder(int slot) {
        return ordered[slot];
    }

    /**
     * Takes up to {@code wanted} pieces from the shelf into a basket.
     *
     * @return how many pieces were taken
     */
    int take(int slot, int wanted) {
        int taken = Math.min(wanted, shelf[slot]);
        shelf[slot] = (short) (shelf[slot] - taken);
        return taken;
    }

    /** Removes paid pieces from the stock. */
    void sell(int slot, int pieces) {
        book[slot] = (short) (book[slot] - pieces);
    }

    /**
     * Removes lost pieces from the shelf, at most as many as it has.
     *
     * @return how many pieces were lost
     */
    int lose(int slot, int pieces) {
        int lost = take(slot, pieces);
        sell(slot, lost);
        return lost;
    }

    void order(int slot, int pieces) {
        ordered[slot] = (short) (ordered[slot] + pieces);
    }

    /**
     * Puts the pieces on order on the shelf.
     *
     * @return how many pieces were received
     */
    int receive(int slot) {
        int pieces = ordered[slot];
        book[slot] = (short) (book[slot] + pieces);
        shelf[slot] = (short) (shelf[slot] + pieces);
        ordered[slot] = 0;
        return pieces;
    }
}
