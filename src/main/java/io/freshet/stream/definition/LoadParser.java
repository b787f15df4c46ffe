package io.freshet.stream.definition;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.freshet.stream.load.Bursts;
import io.freshet.stream.load.ConstantRate;
import io.freshet.stream.load.CronBursts;
import io.freshet.stream.load.DailyCurve;
import io.freshet.stream.load.LoadShape;
import io.freshet.stream.load.Phase;
import io.freshet.stream.load.Ramp;
import io.freshet.stream.load.Sine;
import io.freshet.stream.load.Steps;

/** Reads load shapes and phases from a definition. A new shape is one entry in {@link #SHAPES}. */
final class LoadParser {

    private static final double MIN_RATE = 0.001;
    private static final double MAX_RATE = 1e9;
    private static final double MAX_CHAOS = 1000;
    private static final Map<String, Function<DefinitionNode, LoadShape>> SHAPES = new LinkedHashMap<>();

    static {
        SHAPES.put("recordsPerSecond", node -> new ConstantRate(node.number(MIN_RATE, MAX_RATE)));
        SHAPES.put("burst", LoadParser::burst);
        SHAPES.put("ramp", LoadParser::ramp);
        SHAPES.put("steps", LoadParser::steps);
        SHAPES.put("sine", LoadParser::sine);
        SHAPES.put("daily", LoadParser::daily);
        SHAPES.put("cron", LoadParser::cron);
    }

    private LoadParser() {
    }

    /** The names of all shapes and other fields. */
    static String[] fieldsWith(String... others) {
        return Stream.concat(SHAPES.keySet().stream(), Stream.of(others)).toArray(String[]::new);
    }

    /**
     * The phases of a pace.
     *
     * @param standard the shape where the pace names none
     */
    static List<Phase> phases(DefinitionNode pace, Optional<LoadShape> standard) {
        Optional<LoadShape> shape = shape(pace);
        Optional<DefinitionNode> listed = pace.find("phases");
        if (standard.isPresent() && (shape.isPresent() || listed.isPresent())) {
            throw pace.wrong("sets a rate, and the source sets bursts; choose one");
        }
        if (listed.isEmpty()) {
            return List.of(Phase.unlimited(shape.or(() -> standard)));
        }
        if (shape.isPresent()) {
            throw pace.wrong("has both a load shape and phases; put the shape into a phase");
        }
        List<Phase> phases = new ArrayList<>();
        List<DefinitionNode> nodes = listed.get().elements("phases");
        for (DefinitionNode node : nodes) {
            if (!phases.isEmpty() && !phases.get(phases.size() - 1).ends()) {
                throw node.wrong("is never reached, because the phase before it has no end: records, duration or until");
            }
            phases.add(phase(node));
        }
        if (phases.isEmpty()) {
            throw listed.get().wrong("must list at least one phase");
        }
        return phases;
    }

    private static Phase phase(DefinitionNode node) {
        DefinitionNode phase = node.object(fieldsWith("records", "duration", "until", "zone", "chaos"));
        OptionalLong records = phase.integer("records", 1, Long.MAX_VALUE);
        return new Phase(shape(phase), records, phase.find("duration").map(LoadParser::positive),
                phase.find("until").map(LoadParser::timeOfDay), zone(phase),
                phase.find("chaos").map(factor -> factor.number(0, MAX_CHAOS)).orElse(1.0));
    }

    private static Optional<LoadShape> shape(DefinitionNode node) {
        List<String> named = SHAPES.keySet().stream().filter(node::has).toList();
        if (named.size() > 1) {
            throw node.wrong("has both " + named.get(0) + " and " + named.get(1) + "; choose one");
        }
        return named.stream().findFirst().map(name -> Objects.requireNonNull(SHAPES.get(name)).apply(node.get(name)));
    }

    private static LoadShape burst(DefinitionNode node) {
        DefinitionNode burst = node.object("every", "records");
        return new Bursts(positive(burst.get("every")), records(burst));
    }

    private static LoadShape ramp(DefinitionNode node) {
        DefinitionNode ramp = node.object("from", "to", "over");
        return anyRate(node, rate(ramp, "from") + rate(ramp, "to"),
                () -> new Ramp(rate(ramp, "from"), rate(ramp, "to"), positive(ramp.get("over"))));
    }

    private static LoadShape steps(DefinitionNode node) {
        DefinitionNode steps = node.object("from", "to", "by", "every");
        return anyRate(node, rate(steps, "from") + rate(steps, "to"), () -> new Steps(rate(steps, "from"), rate(steps, "to"),
                steps.get("by").number(MIN_RATE, MAX_RATE), positive(steps.get("every"))));
    }

    private static LoadShape anyRate(DefinitionNode node, double sum, Supplier<LoadShape> shape) {
        if (sum == 0) {
            throw node.wrong("must have a rate greater than 0 in from or to");
        }
        return shape.get();
    }

    private static LoadShape sine(DefinitionNode node) {
        DefinitionNode sine = node.object("mean", "amplitude", "period");
        double mean = sine.get("mean").number(MIN_RATE, MAX_RATE);
        return new Sine(mean, sine.get("amplitude").number(0, mean), positive(sine.get("period")));
    }

    private static LoadShape daily(DefinitionNode node) {
        DefinitionNode daily = node.object("points", "zone");
        NavigableMap<LocalTime, Double> points = new TreeMap<>();
        daily.get("points").members("times of day")
                .forEach((time, rate) -> points.put(timeOfDay(rate, time), rate.number(0, MAX_RATE)));
        if (points.values().stream().allMatch(rate -> rate == 0)) {
            throw daily.get("points").wrong("must have a rate greater than 0 at a time of day, such as {\"08:00\": 100}");
        }
        return new DailyCurve(points, zone(daily), Instant.EPOCH);
    }

    private static LoadShape cron(DefinitionNode node) {
        DefinitionNode cron = node.object("expression", "records", "zone");
        try {
            return new CronBursts(cron.get("expression").text(), records(cron), zone(cron));
        } catch (IllegalArgumentException e) {
            throw cron.get("expression").wrong("must be a cron expression of five fields, or of six with seconds first: "
                    + e.getMessage());
        }
    }

    private static int records(DefinitionNode node) {
        return (int) node.get("records").integer(1, PaceDefinition.MAX_BATCH_SIZE);
    }

    private static double rate(DefinitionNode node, String name) {
        return node.get(name).number(0, MAX_RATE);
    }

    private static Duration positive(DefinitionNode node) {
        Duration duration = node.duration();
        if (duration.isZero()) {
            throw node.wrong("must be greater than zero");
        }
        return duration;
    }

    private static LocalTime timeOfDay(DefinitionNode node) {
        return timeOfDay(node, node.text());
    }

    private static LocalTime timeOfDay(DefinitionNode node, String text) {
        try {
            return LocalTime.parse(text);
        } catch (DateTimeException e) {
            throw node.wrong("must be a time of day such as 08:30");
        }
    }

    private static ZoneId zone(DefinitionNode node) {
        return node.find("zone").map(zone -> {
            try {
                return ZoneId.of(zone.text());
            } catch (DateTimeException e) {
                throw zone.wrong("must be a time zone such as UTC, Europe/Berlin or +02:00");
            }
        }).orElse(ZoneId.of("UTC"));
    }
}
