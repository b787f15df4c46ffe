package io.freshet.api;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the name that a client probably meant. */
final class NearestName {

    private NearestName() {
    }

    /**
     * @return the known name with the fewest typing errors in the given one; empty if none is close
     */
    static Optional<String> of(String given, Collection<String> known) {
        // names are short, and the cost grows with the square of the length
        int limit = Math.max(1, given.length() / 3);
        return known.stream().filter(name -> Math.abs(name.length() - given.length()) <= limit)
                .filter(name -> distance(given, name) <= limit)
                .min(Comparator.comparingInt(name -> distance(given, name)));
    }

    /** @return a question to append to an error; empty if no known name is close */
    static String question(String given, Collection<String> known) {
        return of(given, known).map(name -> "; did you mean " + name + "?").orElse("");
    }

    /**
     * Returns the optimal string alignment distance: insertions, deletions, substitutions and swaps of neighbours; case is
     * ignored.
     */
    private static int distance(String one, String other) {
        String a = one.toLowerCase(Locale.ROOT);
        String b = other.toLowerCase(Locale.ROOT);
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                d[i][j] = i == 0 || j == 0 ? i + j : cheapest(a, b, i, j, d);
            }
        }
        return d[a.length()][b.length()];
    }

    private static int cheapest(String a, String b, int i, int j, int[][] d) {
        boolean same = a.charAt(i - 1) == b.charAt(j - 1);
        int cost = Math.min(Math.min(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + (same ? 0 : 1));
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(cost, d[i - 2][j - 2] + 1) : cost;
    }
}
