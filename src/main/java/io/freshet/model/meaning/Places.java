package io.freshet.model.meaning;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/** The built-in list of towns. */
final class Places {

    private static final List<String> LINES = Resources.lines("places.txt");
    private static final List<String> COUNTRIES = LINES.stream().filter(line -> line.startsWith("="))
            .map(line -> line.substring(1)).toList();
    private static final List<Place> ALL = LINES.stream().filter(line -> !line.startsWith("="))
            .map(line -> Place.parse(line, COUNTRIES)).toList();
    private static final Map<PlaceField, Map<String, int[]>> BY_TEXT = new HashMap<>();

    /** Caches the lists of countries that models ask for, which are few. */
    private static final Map<List<String>, int[]> IN_COUNTRIES = new ConcurrentHashMap<>();

    static {
        for (PlaceField field : PlaceField.values()) {
            Map<String, Set<Integer>> index = new HashMap<>();
            for (int i = 0; i < ALL.size(); i++) {
                index.computeIfAbsent(key(ALL.get(i).text(field)), text -> new LinkedHashSet<>()).add(i);
            }
            Map<String, int[]> known = new HashMap<>();
            index.forEach((text, places) -> known.put(text, places.stream().mapToInt(Integer::intValue).toArray()));
            BY_TEXT.put(field, Map.copyOf(known));
        }
    }

    private Places() {
    }

    static List<Place> all() {
        return ALL;
    }

    static boolean contain(PlaceField field, String text) {
        return !text.isEmpty() && known(field).containsKey(key(text));
    }

    /** Returns the numbers of the places with this text; empty if there are none. */
    static int[] with(PlaceField field, String text) {
        return known(field).getOrDefault(key(text), new int[0]);
    }

    /**
     * Returns the numbers of the places in these countries, ascending, or of all places if the list has none of these
     * countries.
     */
    static int[] in(List<String> countries) {
        return IN_COUNTRIES.computeIfAbsent(List.copyOf(countries), Places::find);
    }

    private static int[] find(List<String> countries) {
        int[] there = IntStream.range(0, ALL.size()).filter(i -> countries.contains(ALL.get(i).countryCode())).toArray();
        return there.length > 0 ? there : IntStream.range(0, ALL.size()).toArray();
    }

    private static Map<String, int[]> known(PlaceField field) {
        return BY_TEXT.getOrDefault(field, Map.of());
    }

    private static String key(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
