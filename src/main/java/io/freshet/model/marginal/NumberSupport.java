package io.freshet.model.marginal;

import java.util.function.IntPredicate;

/**
 * The numbers of several parts of a mixture, with the rows that support them.
 *
 * @param masses the numbers in ascending order, with their masses
 * @param supported the same numbers, each with the number of rows that have it
 * @param disclosed the same numbers, each with 1 or more if a part may disclose it
 */
public record NumberSupport(SortedMasses masses, SortedMasses supported, SortedMasses disclosed) {

    public static final NumberSupport NONE = new NumberSupport(SortedMasses.NONE, SortedMasses.NONE, SortedMasses.NONE);

    /** @param factor the factor for the masses of the part */
    public NumberSupport plus(PartColumn part, double factor) {
        double[] exact = new double[part.numbers().length];
        for (int i = 0; i < exact.length; i++) {
            exact[i] = part.exact()[i] ? 1 : 0;
        }
        return new NumberSupport(masses.plus(part.numbers(), part.masses(), factor),
                supported.plus(part.numbers(), part.rows(), 1), disclosed.plus(part.numbers(), exact, 1));
    }

    public NumberSupport keeping(IntPredicate wanted) {
        return new NumberSupport(masses.keeping(wanted), supported.keeping(wanted), disclosed.keeping(wanted));
    }

    /** Removes rare numbers if they are negligible. */
    public NumberSupport withoutNegligible() {
        boolean[] exact = exact();
        return !RareValues.all(exact) && RareValues.areNegligible(masses.masses(), exact) ? keeping(i -> exact[i]) : this;
    }

    public double[] rows() {
        return supported.masses();
    }

    public boolean[] exact() {
        boolean[] exact = new boolean[disclosed.masses().length];
        for (int i = 0; i < exact.length; i++) {
            exact[i] = disclosed.masses()[i] >= 1;
        }
        return exact;
    }
}
