package io.freshet.stream;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.freshet.event.FieldPath;
import io.freshet.stage.Aggregation;
import io.freshet.stage.CountWindow;
import io.freshet.stage.LateHandling;
import io.freshet.stage.Measure;
import io.freshet.stage.Stage;
import io.freshet.stage.TimeWindow;
import io.freshet.stage.WindowSettings;
import io.freshet.stage.WindowTiming;

/**
 * Windows:
 * {@code {size: 60s, slide: 10s, grace: 5s, delay, idle, time, key, values: {field: [measures]}, max_keys, late, results}},
 * or with {@code count} in place of size and what concerns time.
 */
final class WindowDefinition {

    private static final int MOST_KEYS = 100_000;
    private static final int MOST_PANES = 10_000;
    private static final Duration LONGEST = Duration.ofDays(366);
    private static final List<String> RESULT_FIELDS = List.of("window", "key", "window_start", "window_end", "revision",
            "count",
            "rate");

    private WindowDefinition() {
    }

    static Function<StageTools, Stage> parse(DefinitionNode node, Parsing parsing) {
        FieldPath key = node.find("key").map(each -> parsing.uses().read(each)).orElse(null);
        Optional<DefinitionNode> counted = node.find("count");
        if (counted.isPresent()) {
            node.object("count", "slide", "key", "values", "max_keys", "results");
            int size = (int) counted.get().integer(1, 1_000_000);
            int slide = (int) node.integer("slide", 1, size).orElse(size);
            checkPanes(node, size, slide);
            WindowSettings settings = settings(node, parsing, key);
            return tools -> new CountWindow(settings, size, slide);
        }
        node.object("size", "slide", "grace", "delay", "idle", "time", "key", "values", "max_keys", "late", "results");
        FieldPath time = node.find("time").map(each -> parsing.uses().read(each)).orElse(null);
        WindowTiming timing = timing(node);
        LateHandling late = node.find("late").map(each -> late(each, parsing)).orElse((record, out) -> out.drop(record));
        WindowSettings settings = settings(node, parsing, key);
        return tools -> new TimeWindow(settings, time, timing, late);
    }

    private static WindowTiming timing(DefinitionNode node) {
        long size = millis(node.get("size"), 1);
        long slide = node.find("slide").map(each -> millis(each, 1)).orElse(size);
        checkPanes(node, size, slide);
        return new WindowTiming(size, slide, optional(node, "grace"), optional(node, "delay"), optional(node, "idle"));
    }

    private static void checkPanes(DefinitionNode node, long size, long slide) {
        if (slide > size || size % slide != 0 || size / slide > MOST_PANES) {
            throw node.get("slide")
                    .wrong("must divide the size of the window without a rest, into at most " + MOST_PANES + " parts");
        }
    }

    private static long optional(DefinitionNode node, String name) {
        return node.find(name).map(each -> millis(each, 0)).orElse(0L);
    }

    private static long millis(DefinitionNode node, long least) {
        Duration duration = node.duration();
        if (duration.toMillis() < least || duration.compareTo(LONGEST) > 0) {
            throw node.wrong("must be at least " + least + " ms and at most 366 days");
        }
        return duration.toMillis();
    }

    private static LateHandling late(DefinitionNode node, Parsing parsing) {
        String action = node.json().asText();
        if (action.equals("drop")) {
            return (record, out) -> out.drop(record);
        }
        if (action.equals("dead_letter")) {
            return (record, out) -> out.deadLetter(record, "too late for its windows");
        }
        List<String> sinks = parsing.others(node);
        return (record, out) -> out.divert(record, sinks);
    }

    private static WindowSettings settings(DefinitionNode node, Parsing parsing, @Nullable FieldPath key) {
        List<Aggregation.Field> fields = new ArrayList<>();
        Set<String> names = new TreeSet<>(RESULT_FIELDS);
        node.find("values").ifPresent(values -> values.members("field to what is computed of it").forEach((field, measures) -> {
            FieldPath path = parsing.uses().read(measures, field);
            fields.add(new Aggregation.Field(resultName(path, names), path, measures(measures)));
        }));
        List<String> results = node.find("results").map(parsing::others).orElse(null);
        if (results == null) {
            parsing.uses().replace(results(names));
        }
        return new WindowSettings(parsing.stage(), key, new Aggregation(fields),
                (int) node.integer("max_keys", 1, 10_000_000).orElse(MOST_KEYS), results);
    }

    /** What the results have; those of the fields are objects of which nobody knows what is in them. */
    private static Map<String, KnownField> results(Set<String> names) {
        Map<String, KnownField> results = new LinkedHashMap<>();
        names.forEach(name -> results.put(name, KnownField.UNKNOWN));
        return results;
    }

    /** The last name of the path; the whole path where that is taken. */
    private static String resultName(FieldPath path, Set<String> taken) {
        String whole = path.toString();
        String name = whole.substring(whole.lastIndexOf('.') + 1);
        if (!taken.add(name)) {
            name = whole.replace('.', '_');
            while (!taken.add(name)) {
                name += "_values";
            }
        }
        return name;
    }

    private static List<Measure> measures(DefinitionNode node) {
        List<DefinitionNode> each = node.json().isArray() ? node.elements("measures") : List.of(node);
        return each.stream().map(name -> Measure.find(name.text())
                .orElseThrow(() -> name.wrong("must be one of " + String.join(", ", Measure.names()) + " or another quantile")))
                .toList();
    }
}
