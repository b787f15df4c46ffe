package io.freshet.model.relation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Finds pairs of categories of which only some combinations occur. By Good and Turing's estimate, the share of rows with a
 * combination that the table does not have is the share of combinations that occur once
 * (<a href="https://doi.org/10.1093/biomet/40.3-4.237">Good 1953</a>). Where it is negligible, no other combination is drawn.
 */
final class CombinationSearch {

    private static final int MIN_NAMES = 3;
    private static final int MAX_PAIRS = 1 << 16;
    /** Chance would produce at least this share of rows with a combination that does not occur. */
    private static final double MIN_SHARE = .02;

    private final TableColumns table;
    private final List<KeyColumn> keys;

    /** @param keys the columns of names */
    CombinationSearch(TableColumns table, List<KeyColumn> keys) {
        this.table = table;
        this.keys = keys.stream().filter(key -> key.keys() instanceof Keys.Names && key.used() >= MIN_NAMES).toList();
    }

    /** Returns the restrictions of a column, the strongest first. */
    List<Candidate> find(int target) {
        List<Candidate> found = new ArrayList<>();
        keys.stream().filter(names -> names.column() == target).findAny().ifPresent(names -> {
            for (KeyColumn key : keys) {
                if (key.column() != target && (key.keys().size() + 1) * names.keys().size() <= MAX_PAIRS) {
                    check(names, key).ifPresent(found::add);
                }
            }
        });
        found.sort(Comparator.comparingDouble(candidate -> -candidate.evidence().chance()));
        return found;
    }

    private Optional<Candidate> check(KeyColumn target, KeyColumn key) {
        int size = target.keys().size();
        int keyCount = key.keys().size() + 1;
        int[] counts = new int[keyCount * size];
        int[] ofKey = new int[keyCount];
        int[] ofName = new int[size];
        int rows = 0;
        for (int place = 0; place < table.rows(); place++) {
            int k = key.codes()[place];
            int name = target.codes()[place];
            if (k >= 0 && name >= 0 && name < size) {
                counts[k * size + name]++;
                ofKey[k]++;
                ofName[name]++;
                rows++;
            }
        }
        double absent = 0;
        int single = 0;
        for (int pair = 0; pair < counts.length; pair++) {
            absent += counts[pair] == 0 ? (double) ofKey[pair / size] * ofName[pair % size] / rows : 0;
            single += counts[pair] == 1 ? 1 : 0;
        }
        if (absent < Math.max(TableColumns.MIN_EVIDENCE, MIN_SHARE * rows) || single * (long) TableColumns.NEAR > rows) {
            return Optional.empty();
        }
        List<Integer> replacements = new ArrayList<>();
        for (int k = 0; k < keyCount; k++) {
            replacements.addAll(replacements(counts, k, ofName));
        }
        Keys.Names names = (Keys.Names) target.keys();
        return Optional.of(Candidate.of(
                new Combinations(target.column(), (Keys.Names) key.keys(), names.names(), replacements),
                new RuleCheck.Evidence(rows, 0, absent)));
    }

    /** Returns, for each name, the name at the same quantile among those that occur with a key. */
    private static List<Integer> replacements(int[] counts, int key, int[] ofName) {
        int size = ofName.length;
        int[] own = java.util.Arrays.copyOfRange(counts, key * size, (key + 1) * size);
        long occurring = IntStream.of(own).asLongStream().sum();
        long others = IntStream.range(0, size).filter(name -> own[name] == 0).mapToLong(name -> ofName[name]).sum();
        List<Integer> replacements = new ArrayList<>();
        double before = 0;
        for (int name = 0; name < size; name++) {
            if (own[name] > 0 || occurring == 0) {
                replacements.add(name);
            } else {
                replacements.add(at((before + ofName[name] / 2.) / Math.max(1, others) * occurring, own));
                before += ofName[name];
            }
        }
        return replacements;
    }

    /** Returns the name whose rows include the one at a position. */
    private static int at(double position, int[] counts) {
        int last = 0;
        double before = 0;
        for (int name = 0; name < counts.length; name++) {
            if (counts[name] > 0) {
                last = name;
                before += counts[name];
                if (before > position) {
                    return name;
                }
            }
        }
        return last;
    }
}
