package io.freshet.model.privacy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

import io.freshet.model.tree.CodedColumn;
import io.freshet.table.ColumnType;

/**
 * Names. If they are declared, each is counted, and those whose counts do not stand out from the noise share a code. Otherwise
 * only those are kept whose noisy count exceeds a threshold that a name of a single row hardly ever reaches (A. Korolova, K.
 * Kenthapadi, N. Mishra, A. Ntoulas, WWW 2009).
 */
final class NameFit extends ColumnFit {

    private static final Set<String> TRUE = Set.of("true", "yes", "y", "t", "on", "1");
    private static final Set<String> FALSE = Set.of("false", "no", "n", "f", "off", "0");
    static final List<String> BOOLEANS = List.of("false", "true");

    private final @Nullable List<String> declared;

    /** @param declared all names; null to buy them */
    NameFit(RawTable table, int index, ColumnType type, @Nullable List<String> declared) {
        super(table, index, type);
        this.declared = declared;
    }

    /** Returns a text as the dictionary of a column has it. */
    static String canonical(String text, ColumnType type) {
        if (!(type instanceof ColumnType.Bool)) {
            return text;
        }
        String lower = text.toLowerCase(Locale.ROOT);
        return TRUE.contains(lower) ? BOOLEANS.get(1) : FALSE.contains(lower) ? BOOLEANS.get(0) : text;
    }

    @Override
    boolean isOpen() {
        return declared == null;
    }

    @Override
    void measure(NoisyQueries queries, double rho, double delta) {
        Map<String, Integer> numbers = new TreeMap<>();
        List<String> names = declared;
        if (names != null) {
            names.forEach(name -> numbers.putIfAbsent(name, numbers.size()));
        } else {
            for (int row = 0; row < table.rows(); row++) {
                String text = text(row);
                if (text != null) {
                    numbers.putIfAbsent(text, numbers.size());
                }
            }
        }
        NoisyCounts counts = queries.counts(counts(numbers), rho);
        if (names != null) {
            finish(counts, List.copyOf(new LinkedHashSet<>(names)));
        } else {
            finishOpen(counts, numbers, 1 + counts.deviation() * StrictMath.sqrt(2 * StrictMath.log(1 / delta)));
        }
    }

    /** Returns the rows of each name and, last, of none. */
    private long[] counts(Map<String, Integer> numbers) {
        long[] counts = new long[numbers.size() + 1];
        for (int row = 0; row < table.rows(); row++) {
            String text = text(row);
            counts[text == null ? numbers.size() : numbers.getOrDefault(canonical(text, type), numbers.size())]++;
        }
        return counts;
    }

    private void finish(NoisyCounts counts, List<String> names) {
        double clear = CLEAR * counts.deviation();
        List<Integer> frequent = IntStream.range(0, names.size()).filter(n -> counts.value(n) >= clear).boxed()
                .sorted(Comparator.comparingDouble(n -> -counts.value(n))).toList();
        List<Integer> rare = IntStream.range(0, names.size()).filter(n -> counts.value(n) < clear).boxed().toList();
        List<List<Integer>> members = new ArrayList<>();
        frequent.forEach(name -> members.add(List.of(name)));
        if (!rare.isEmpty()) {
            members.add(rare);
        }
        finish(counts, groups(members, names.size()), members.size(),
                column -> CodedColumn.ofNames(column, names, members));
    }

    private static int[] groups(List<List<Integer>> members, int size) {
        int[] groups = new int[size];
        Arrays.fill(groups, -1);
        for (int group = 0; group < members.size(); group++) {
            for (int name : members.get(group)) {
                groups[name] = group;
            }
        }
        return groups;
    }

    private void finishOpen(NoisyCounts counts, Map<String, Integer> numbers, double threshold) {
        List<Map.Entry<String, Integer>> found = numbers.entrySet().stream()
                .filter(name -> counts.value(name.getValue()) >= threshold).toList();
        List<String> names = found.stream().map(Map.Entry::getKey).toList();
        // a stable sort of sorted names: equal counts must not show which name the table has first
        List<Integer> kept = IntStream.range(0, found.size()).boxed()
                .sorted(Comparator.comparingDouble(name -> -counts.value(found.get(name).getValue()))).toList();
        int[] groups = new int[numbers.size()];
        Arrays.fill(groups, -1);
        for (int code = 0; code < kept.size(); code++) {
            groups[found.get(kept.get(code)).getValue()] = code;
        }
        finish(counts, groups, kept.size(),
                column -> CodedColumn.ofNames(column, names, kept.stream().map(List::of).toList()));
    }
}
