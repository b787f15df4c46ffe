package io.freshet.stream.definition;

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
import io.freshet.event.TimeUnits;
import io.freshet.stage.Aggregation;
import io.freshet.stage.CountWindow;
import io.freshet.stage.LateHandling;
import io.freshet.stage.Measure;
import io.freshet.stage.Stage;
import io.freshet.stage.TimeWindow;
import io.freshet.stage.WindowSettings;
import io.freshet.stage.WindowTiming;

/**
 * Parses windows: {@code {size: 60s, slide: 10s, grace: 5s, delay, idle, max_jump, time, unit, key, values: {field:
 * [measures]}, max_keys, late, results}}; {@code count} may replace size and all time settings.
 */
final class WindowDefinition {

    private static final int MAX_KEYS = 100_000;
    private static final int MAX_PANES = 10_000;
    private static final long DEFAULT_JUMP = Duration.ofDays(1).toMillis();
    private static final Duration LONGEST = Duration.ofDays(366);
    private static final List<String> RESULT_FIELDS = List.of("window", "key", "window_start", "window_end", "revision",
            "count",
            "rate");

    private WindowDefinition() {
    }

    static Function<StageContext, Stage> parse(DefinitionNode node, StageParseContext stageParseContext) {
        FieldPath key = node.find("key").map(each -> stageParseContext.uses().read(each)).orElse(null);
        Optional<DefinitionNode> counted = node.find("count");
        if (counted.isPresent()) {
            node.object("count", "slide", "key", "values", "max_keys", "results");
            int size = (int) counted.get().integer(1, 1_000_000);
            int slide = (int) node.integer("slide", 1, size).orElse(size);
            checkPanes(node, size, slide);
            WindowSettings settings = settings(node, stageParseContext, key);
            return tools -> new CountWindow(settings, size, slide);
        }
        node.object("size", "slide", "grace", "delay", "idle", "max_jump", "time", "unit", "key", "values", "max_keys", "late",
                "results");
        FieldPath time = node.find("time").map(each -> stageParseContext.uses().read(each)).orElse(null);
        WindowTiming timing = timing(node);
        LateHandling late = node.find("late").map(each -> late(each, stageParseContext))
                .orElse((record, out) -> out.drop(record));
        WindowSettings settings = settings(node, stageParseContext, key);
        return tools -> new TimeWindow(settings, time, timing, late);
    }

    private static WindowTiming timing(DefinitionNode node) {
        long size = millis(node.get("size"), 1);
        long slide = node.find("slide").map(each -> millis(each, 1)).orElse(size);
        checkPanes(node, size, slide);
        long maxJump = node.find("max_jump").map(each -> millis(each, 0)).orElse(Math.max(DEFAULT_JUMP, 2 * size));
        return new WindowTiming(size, slide, optional(node, "grace"), optional(node, "delay"), optional(node, "idle"), maxJump);
    }

    private static void checkPanes(DefinitionNode node, long size, long slide) {
        if (slide > size || size % slide != 0 || size / slide > MAX_PANES) {
            throw node.get("slide")
                    .wrong("must divide the size of the window evenly, into at most " + MAX_PANES + " parts");
        }
    }

    private static long optional(DefinitionNode node, String name) {
        return node.find(name).map(each -> millis(each, 0)).orElse(0L);
    }

    private static long millis(DefinitionNode node, long min) {
        Duration duration = node.duration();
        if (duration.toMillis() < min || duration.compareTo(LONGEST) > 0) {
            throw node.wrong("must be at least " + min + " ms and at most 366 days");
        }
        return duration.toMillis();
    }

    private static TimeUnits unit(DefinitionNode node) {
        return TimeUnits.find(node.text())
                .orElseThrow(() -> node.wrong("must be one of " + String.join(", ", TimeUnits.ids())));
    }

    private static LateHandling late(DefinitionNode node, StageParseContext stageParseContext) {
        String action = node.json().asText();
        if (action.equals("drop")) {
            return (record, out) -> out.drop(record);
        }
        if (action.equals("dead_letter")) {
            return (record, out) -> out.deadLetter(record, "too late for its windows");
        }
        List<String> sinks = stageParseContext.others(node);
        return (record, out) -> out.divert(record, sinks);
    }

    private static WindowSettings settings(DefinitionNode node, StageParseContext stageParseContext, @Nullable FieldPath key) {
        List<Aggregation.Field> fields = new ArrayList<>();
        Set<String> names = new TreeSet<>(RESULT_FIELDS);
        node.find("values").ifPresent(values -> values.members("field to its measures").forEach((field, measures) -> {
            FieldPath path = stageParseContext.uses().read(measures, field);
            fields.add(new Aggregation.Field(resultName(path, names), path, measures(measures)));
        }));
        List<String> results = node.find("results").map(stageParseContext::others).orElse(null);
        if (results == null) {
            stageParseContext.uses().replace(results(names));
        }
        TimeUnits unit = node.find("unit").map(WindowDefinition::unit).orElse(TimeUnits.AUTO);
        return new WindowSettings(stageParseContext.stage(), key, unit, new Aggregation(fields),
                (int) node.integer("max_keys", 1, 10_000_000).orElse(MAX_KEYS), results);
    }

    /** Returns the fields of the results. Those of aggregated fields are objects with unknown contents. */
    private static Map<String, FieldInfo> results(Set<String> names) {
        Map<String, FieldInfo> results = new LinkedHashMap<>();
        names.forEach(name -> results.put(name, FieldInfo.UNKNOWN));
        return results;
    }

    /** Returns the last name of the path, or the whole path if that name is taken. */
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
