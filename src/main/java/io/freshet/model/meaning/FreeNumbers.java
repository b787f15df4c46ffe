package io.freshet.model.meaning;

import java.util.BitSet;

/**
 * The numbers below a size that no value of the table uses, in ascending order. The set stores only residues, and excludes
 * every number with the residue of a used one, so the residues do not reveal which numbers the table uses. For small sizes,
 * where residues would identify the numbers, decoys are excluded as well.
 *
 * @param size the size of the whole range
 * @param modulus the modulus of the residues, at most the size
 * @param taken the excluded residues; fewer than the modulus
 */
record FreeNumbers(long size, int modulus, BitSet taken) {

    private static final int MAX_MODULUS = 1 << 20;
    /** Up to this size, each number is stored individually. */
    private static final int MAX_LISTED = 1 << 16;
    private static final int PER_VALUE = 8;
    /** Above {@link #MAX_LISTED}, at least this many numbers share a residue. */
    private static final int MIN_SHARING = 4;
    private static final int DECOYS = 3;
    private static final int ROOM_FOR_DECOYS = 16;

    FreeNumbers {
        taken = (BitSet) taken.clone();
        if (modulus < 1 || modulus > size || taken.length() > modulus || taken.cardinality() >= modulus) {
            throw new IllegalArgumentException(taken.cardinality() + " of " + modulus + " residues of " + size + " numbers");
        }
    }

    static FreeNumbers all(long size) {
        return new FreeNumbers(size, 1, new BitSet());
    }

    /** Returns all numbers except these, or all numbers if none would remain. */
    static FreeNumbers without(long[] numbers, long size) {
        if (numbers.length == 0) {
            return all(size);
        }
        long wanted = Math.max(1024, (long) PER_VALUE * numbers.length) | 1;
        int modulus = size <= MAX_LISTED ? (int) size
                : (int) Math.min(MAX_MODULUS - 1, Math.min(wanted, size / MIN_SHARING | 1));
        BitSet taken = new BitSet(modulus);
        boolean decoys = size <= MAX_LISTED && size >= (long) ROOM_FOR_DECOYS * numbers.length;
        for (long number : numbers) {
            taken.set((int) (number % modulus));
            for (int i = 1; decoys && i <= DECOYS; i++) {
                long other = io.freshet.stats.Permutation.mix(number * DECOYS + i);
                taken.set((int) Long.remainderUnsigned(other, modulus));
            }
        }
        return taken.cardinality() >= modulus ? all(size) : new FreeNumbers(size, modulus, taken);
    }

    /** Returns the number of free numbers. */
    long count() {
        return taken.isEmpty() ? size : size / modulus * (modulus - taken.cardinality());
    }

    /** Returns a lookup table for the free numbers. */
    Lookup lookup() {
        int[] free = taken.isEmpty() ? new int[0] : new int[modulus - taken.cardinality()];
        int residue = -1;
        for (int i = 0; i < free.length; i++) {
            residue = taken.nextClearBit(residue + 1);
            free[i] = residue;
        }
        return new Lookup(modulus, free);
    }

    /** Finds the free number at a position in O(1). */
    static final class Lookup {

        private final int modulus;
        private final int[] free;

        private Lookup(int modulus, int[] free) {
            this.modulus = modulus;
            this.free = free;
        }

        long number(long place) {
            return free.length == 0 ? place : place / free.length * modulus + free[(int) (place % free.length)];
        }
    }
}
