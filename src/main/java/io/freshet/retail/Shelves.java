package io.freshet.retail;

import java.util.Arrays;

/**
 * The stock of a store by slot of its assortment: what is on the shelf, what the books say (the shelf and the baskets that are
 * not paid), and what is on order. Nothing is ever negative. Not thread-safe.
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

    /**
     * @param piecesPerDay how many pieces of all products are sold on an ordinary day
     */
    Shelves(Assortment assortment, Parameters.Stock stock, double piecesPerDay) {
        this.assortment = assortment;
        this.coverPieces = piecesPerDay * stock.coverDays();
        this.reorderPieces = piecesPerDay * stock.reorderDays();
        shelf = new short[assortment.size()];
        book = new short[assortment.size()];
        ordered = new short[assortment.size()];
    }

    /** Fills everything up; nothing is on order. */
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

    /** How many there are when it is filled up. */
    int level(int slot) {
        return (int) Math.min(MOST, LEAST + Math.ceil(assortment.share(slot) * coverPieces));
    }

    /** When so many are left, more are ordered; less than the level. */
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

    /** Takes up to {@code wanted} from the shelf into a basket; says how many. */
    int take(int slot, int wanted) {
        int taken = Math.min(wanted, shelf[slot]);
        shelf[slot] = (short) (shelf[slot] - taken);
        return taken;
    }

    /** What was taken is paid. */
    void sell(int slot, int pieces) {
        book[slot] = (short) (book[slot] - pieces);
    }

    /** Goods are lost from the shelf: at most as many as there are. Says how many. */
    int lose(int slot, int pieces) {
        int lost = take(slot, pieces);
        sell(slot, lost);
        return lost;
    }

    void order(int slot, int pieces) {
        ordered[slot] = (short) (ordered[slot] + pieces);
    }

    /** What is on order is put on the shelf; says how many. */
    int receive(int slot) {
        int pieces = ordered[slot];
        book[slot] = (short) (book[slot] + pieces);
        shelf[slot] = (short) (shelf[slot] + pieces);
        ordered[slot] = 0;
        return pieces;
    }
}
