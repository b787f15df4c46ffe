package io.freshet.model.relation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Finds columns whose value is a function of the names, numbers or date parts of one or two others. Only rows whose keys
 * occurred before count as evidence, so a key that hardly ever repeats is never accepted.
 */
final class DependencySearch {

    /** The largest number of key pairs in one test. */
    private static final int MAX_PAIR_KEYS = 4096;
    private static final int MAX_PAIRS = 100_000;
    /** Targets with more different values are not searched for a function of two keys. */
    private static final int MAX_PAIR_VALUES = 64;
    /** Keys must have at least this many rows on average. */
    private static final int MIN_ROWS_PER_KEY = 5;
    private static final int MAX_COUNTS = 4_000_000;
    /** Nearly all rows must have a number that is common enough to be disclosed. */
    private static final double MIN_KNOWN_NUMBERS = .98;

    private final TableColumns table;
    /** The keys that may decide a column on their own. */
    private final List<KeyColumn> single;
    private final List<KeyColumn> pairable;
    private int pairs;

    /** @param keys the keys on which targets may depend */
    DependencySearch(TableColumns table, List<KeyColumn> keys) {
        this.table = table;
        List<KeyColumn> deciding = keys.stream().filter(key -> key.used() > 1 && mayDecide(key)).toList();
        this.single = deciding.stream().filter(key -> key.used() * MIN_ROWS_PER_KEY <= table.rows()).toList();
        // columns with missing values are excluded, because the gaps alone could pass for a dependency on the pair
        this.pairable = deciding.stream().filter(key -> !key.hasMissing()).toList();
    }

    /** Returns the functions of one key that determine a column. */
    List<Candidate> ofOne(KeyColumn target) {
        List<Candidate> found = new ArrayList<>();
        for (KeyColumn key : single) {
            if (key.column() != target.column()) {
                check(target, List.of(key), key.codes(), key.keys().size() + 1).filter(DependencySearch::saysMoreThanPresence)
                        .ifPresent(found::add);
            }
        }
        return found;
    }

    /**
     * Returns whether other columns may follow from a column. A number becomes one of those that enough rows have, which is
     * right for identifiers, but would cut off the rare values of an amount.
     */
    private boolean mayDecide(KeyColumn key) {
        return !(key.keys() instanceof Keys.Numbers) || ReferenceNames.contain(table.schema().column(key.column()).name())
                || Arrays.stream(key.codes()).filter(code -> code >= 0).count() >= MIN_KNOWN_NUMBERS * table.rows();
    }

    /** Returns false for a date part that separates only present from missing dates, because a simpler key covers that. */
    private static boolean saysMoreThanPresence(Candidate candidate) {
        Lookup lookup = (Lookup) candidate.directions().get(0);
        return !(lookup.keys().get(0) instanceof Keys.Part)
                || lookup.table().subList(0, lookup.table().size() - 1).stream().distinct().count() > 1;
    }

    /** Returns the functions of two keys that determine a column, the simplest first. */
    List<Candidate> ofTwo(KeyColumn target) {
        List<Candidate> found = new ArrayList<>();
        if (target.used() > MAX_PAIR_VALUES) {
            return found;
        }
        int[] codes = new int[table.rows()];
        for (int i = 0; i < pairable.size(); i++) {
            for (int j = i + 1; j < pairable.size() && pairs < MAX_PAIRS; j++) {
                KeyColumn one = pairable.get(i);
                KeyColumn other = pairable.get(j);
                int width = other.keys().size() + 1;
                int size = (one.keys().size() + 1) * width;
                if (one.column() != target.column() && other.column() != target.column() && size <= MAX_PAIR_KEYS
                        && size * MIN_ROWS_PER_KEY <= table.rows()) {
                    pairs++;
                    if (join(one, other, width, codes, Math.min(codes.length, 400))
                            && !isRefutedBy(target, codes, size, -1, Math.min(codes.length, 400))) {
                        join(one, other, width, codes, codes.length);
                        check(target, List.of(one, other), codes, size).ifPresent(found::add);
                    }
                }
            }
        }
        return found;
    }

    private static boolean join(KeyColumn one, KeyColumn other, int width, int[] codes, int rows) {
        for (int place = 0; place < rows; place++) {
            int first = one.codes()[place];
            int second = other.codes()[place];
            codes[place] = first < 0 || second < 0 ? -1 : first * width + second;
        }
        return true;
    }

    /** @param untold the key of rows that are not checked; −1 if all are */
    private static boolean isRefutedBy(KeyColumn target, int[] codes, int size, int untold, int rows) {
        int missing = target.keys().size();
        int[] first = new int[size];
        int broken = 0;
        for (int place = 0; place < rows; place++) {
            int key = codes[place];
            int value = target.codes()[place];
            if (key >= 0 && key != untold && value >= 0 && value != missing) {
                if (first[key] == 0) {
                    first[key] = value + 1;
                } else if (first[key] != value + 1 && ++broken > 2) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Returns the function of one or two keys that a user declares, or empty if rows break it. */
    Optional<Relation> declared(KeyColumn target, List<KeyColumn> by) {
        int width = by.get(by.size() - 1).keys().size() + 1;
        int[] codes = by.get(0).codes().clone();
        if (by.size() == 2) {
            join(by.get(0), by.get(1), width, codes, codes.length);
        }
        int size = by.stream().mapToInt(key -> key.keys().size() + 1).reduce(1, (a, b) -> a * b);
        int[] first = new int[size];
        for (int place = 0; place < codes.length; place++) {
            int value = target.codes()[place];
            if (codes[place] >= 0 && value >= 0) {
                if (first[codes[place]] != 0 && first[codes[place]] != value + 1) {
                    return Optional.empty();
                }
                first[codes[place]] = value + 1;
            }
        }
        List<Integer> mapping = Arrays.stream(first).mapToObj(value -> value - 1).toList();
        return Optional.of(lookup(target, by.stream().map(KeyColumn::keys).toList(), mapping, target.counts(), -1));
    }

    private Optional<Candidate> check(KeyColumn target, List<KeyColumn> by, int[] codes, int size) {
        int missingKey = by.size() == 1 ? by.get(0).keys().size() : -1;
        int values = target.keys().size() + 1;
        if (isRefutedBy(target, codes, size, missingKey, Math.min(codes.length, 400))
                || (long) size * values > MAX_COUNTS) {
            return Optional.empty();
        }
        int[] counts = new int[size * values];
        for (int place = 0; place < codes.length; place++) {
            if (codes[place] >= 0 && target.codes()[place] >= 0) {
                counts[codes[place] * values + target.codes()[place]]++;
            }
        }
        Tally tally = new Tally(values);
        for (int key = 0; key < size; key++) {
            tally.add(counts, key, key == missingKey);
        }
        double chance = tally.repeats * diversity(tally.totals, tally.rows);
        if (tally.rows < TableColumns.MIN_EVIDENCE || chance < TableColumns.MIN_EVIDENCE
                || tally.broken * (long) TableColumns.NEAR > tally.rows || tally.broken * 10L > chance) {
            return Optional.empty();
        }
        Lookup lookup = lookup(target, by.stream().map(KeyColumn::keys).toList(), tally.mapping, tally.totals, missingKey);
        return Optional.of(Candidate.of(lookup, new RuleCheck.Evidence(tally.rows, tally.broken, chance)));
    }

    /** Collects the value of each key and the number of rows that have it. */
    private static final class Tally {

        private final int values;
        private final List<Integer> mapping = new ArrayList<>();
        private final int[] totals;
        private int rows;
        private int broken;
        private double repeats;

        Tally(int values) {
            this.values = values;
            this.totals = new int[values - 1];
        }

        /** Adds a key. Rows with a missing target provide no evidence, unless the target is missing in all rows of the key. */
        void add(int[] counts, int key, boolean lenient) {
            int best = -1;
            int present = 0;
            for (int value = 0; value < values - 1; value++) {
                int count = counts[key * values + value];
                present += count;
                best = count > 0 && (best < 0 || count > counts[key * values + best]) ? value : best;
            }
            int max = best < 0 ? 0 : counts[key * values + best];
            if (lenient && max < present) {
                mapping.add(-1);
                return;
            }
            for (int value = 0; value < values - 1; value++) {
                totals[value] += counts[key * values + value];
            }
            rows += present;
            broken += present - max;
            repeats += Math.max(0, present - 1);
            mapping.add(
                    best < 0 && counts[key * values + values - 1] > 0 ? Integer.valueOf(values - 1) : Integer.valueOf(best));
        }
    }

    /** Returns the probability that two random rows differ. */
    private static double diversity(int[] totals, int rows) {
        return 1 - Arrays.stream(totals).mapToDouble(count -> (double) count / rows * count / rows).sum();
    }

    private static Lookup lookup(KeyColumn target, List<Keys> keys, List<Integer> mapping, int[] totals,
            int untold) {
        int commonest = 0;
        for (int value = 1; value < totals.length; value++) {
            commonest = totals[value] > totals[commonest] ? value : commonest;
        }
        return new Lookup(target.column(), keys, values(target.keys()),
                filled(mapping, keys, commonest, untold), commonest);
    }

    /** Gives each key without rows the value of the nearest key that has rows. */
    private static List<Integer> filled(List<Integer> mapping, List<Keys> keys, int commonest, int untold) {
        int width = keys.get(keys.size() - 1).size() + 1;
        List<Integer> filled = new ArrayList<>(mapping);
        for (int from = 0; from < filled.size(); from += width) {
            int last = -1;
            for (int key = from; key < from + width; key++) {
                last = mapping.get(key) >= 0 ? mapping.get(key) : last;
                filled.set(key, last);
            }
            for (int key = from + width - 1; key >= from; key--) {
                last = filled.get(key) >= 0 ? filled.get(key) : last;
                filled.set(key, last >= 0 ? last : commonest);
            }
        }
        if (untold >= 0) {
            filled.set(untold, mapping.get(untold));
        }
        return filled;
    }

    static Values values(Keys keys) {
        return keys instanceof Keys.Names names ? new Values(names.names(), List.of())
                : new Values(List.of(), ((Keys.Numbers) keys).values());
    }
}
