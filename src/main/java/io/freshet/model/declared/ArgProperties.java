package io.freshet.model.declared;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.apache.avro.JsonProperties;
import org.apache.avro.Schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The {@code arg.properties} of a field or a type, with which users of kafka-connect-datagen say how values are drawn. What is
 * not understood becomes a notice that names the field.
 */
record ArgProperties(JsonNode json, String path, Notes notes) {

    private static final String KEY = "arg.properties";
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Set<String> KNOWN = Set.of("options", "regex", "range", "iteration", "length", "odds", "kind",
            "prefix",
            "suffix", "keys", "position", "distribution", "default");
    private static final Map<String, Meaning> KINDS = Map.of("uuid", Meaning.UUID_TEXT, "email", Meaning.EMAIL, "name",
            Meaning.NAME);
    private static final Map<String, String> LOGICAL_UNITS = Map.of("date", "days", "timestamp-millis", "millis",
            "timestamp-micros", "micros");
    private static final String STEP = "step";
    private static final long LARGEST_INT = Integer.MAX_VALUE;
    private static final long LARGEST_LONG = 1L << 61;

    static ArgProperties none() {
        return new ArgProperties(JSON.objectNode(), "", new Notes());
    }

    static ArgProperties of(JsonProperties from, String path, Notes notes) {
        Object given = from.getObjectProp(KEY);
        JsonNode json = given == null ? JSON.objectNode() : MAPPER.valueToTree(given);
        json.fieldNames().forEachRemaining(name -> {
            if (!KNOWN.contains(name)) {
                notes.add(path, KEY + "." + name + " is not understood and has no effect.");
            }
        });
        return new ArgProperties(json, path, notes);
    }

    /** Returns these properties, or those of a type if there are none. */
    ArgProperties or(Schema type, String place, Notes to) {
        return json.isEmpty() ? of(type, place, to) : this;
    }

    /** Returns the same without what says which option of a union is drawn. */
    ArgProperties withoutChoice() {
        return json.has("position") || json.has("distribution") ? none() : this;
    }

    private void ignored(String name, String why) {
        notes.add(path, KEY + "." + name + " " + why + ", and has no effect.");
    }

    /** Returns the weight of an option of a union; 1 if nothing says it. */
    double weight(int option) {
        if (json.has("position")) {
            return json.get("position").asInt() == option ? 1 : 0;
        }
        return json.has("distribution") ? json.get("distribution").path(String.valueOf(option)).asDouble(0) : 1;
    }

    boolean choosesOption() {
        return json.has("position") || json.path("distribution").isObject();
    }

    /** Values that are listed. */
    record Options(ArrayNode values) {

        /** Returns the declaration of those values that an enumeration has. */
        ObjectNode known(List<String> symbols) {
            ObjectNode node = JSON.objectNode();
            ArrayNode known = node.putArray("categories");
            values.forEach(value -> {
                if (symbols.contains(value.asText())) {
                    known.add(value);
                }
            });
            return node;
        }

        /** Returns the declaration of any of the values. */
        ObjectNode all() {
            ObjectNode node = JSON.objectNode();
            boolean scalars = true;
            boolean nulls = false;
            for (JsonNode value : values) {
                scalars &= value.isValueNode();
                nulls |= value.isNull();
            }
            if (scalars && !nulls) {
                node.set("categories", values);
                return node;
            }
            ArrayNode options = node.putArray("one_of");
            values.forEach(value -> options.addObject().set("constant", value));
            return node;
        }
    }

    /** Returns the listed values; those in a file cannot be read. */
    Optional<Options> options() {
        JsonNode options = json.path("options");
        if (options.isObject()) {
            ignored("options", "names a file, which is not read");
        }
        return options.isArray() && !options.isEmpty() ? Optional.of(new Options((ArrayNode) options)) : Optional.empty();
    }

    /** Returns the smallest and the largest length. */
    int[] length(int min, int max) {
        JsonNode length = json.path("length");
        if (length.isNumber()) {
            return new int[] { length.asInt(), length.asInt() };
        }
        int least = length.path("min").asInt(min);
        // the maximum is exclusive
        int most = length.has("max") ? Math.max(least, length.get("max").asInt() - 1) : Math.max(least, max);
        return new int[] { least, most };
    }

    Optional<ObjectNode> keys(String place, Notes to) {
        return json.has("keys") ? new ArgProperties(json.get("keys"), place + " (keys)", to).text() : Optional.empty();
    }

    /** Returns the declaration of a value of a type without inner types; empty if the properties do not say how it is drawn. */
    Optional<ObjectNode> scalar(Schema type) {
        Optional<Options> options = options();
        if (options.isPresent()) {
            return options.map(Options::all);
        }
        return switch (type.getType()) {
            case BOOLEAN -> truth();
            case INT -> number(type, LARGEST_INT);
            case LONG, FLOAT, DOUBLE -> number(type, LARGEST_LONG);
            case STRING -> text();
            case BYTES -> json.has("length") ? Optional.of(bytes()) : Optional.empty();
            default -> Optional.empty();
        };
    }

    private ObjectNode bytes() {
        int[] length = length(0, 16);
        ObjectNode node = JSON.objectNode();
        node.putObject("bytes").put("min", length[0]).put("max", length[1]);
        return node;
    }

    private Optional<ObjectNode> truth() {
        if (json.has("iteration")) {
            boolean start = json.get("iteration").path("start").asBoolean();
            ObjectNode node = JSON.objectNode();
            node.putArray("iterate").add(start).add(!start);
            return Optional.of(node);
        }
        return json.has("odds") ? Optional.of(JSON.objectNode().put("boolean", json.get("odds").asDouble())) : Optional.empty();
    }

    private Optional<ObjectNode> number(Schema type, long limit) {
        boolean real = type.getType() == Schema.Type.FLOAT || type.getType() == Schema.Type.DOUBLE;
        if (type.getLogicalType() != null && !json.isEmpty() && !real) {
            return temporal(type);
        }
        if (json.path("iteration").isObject()) {
            return Optional.of(sequence(json.get("iteration"), real));
        }
        if (!json.path("range").isObject()) {
            return Optional.empty();
        }
        JsonNode range = json.get("range");
        BigDecimal min = range.has("min") ? range.get("min").decimalValue()
                : real ? BigDecimal.ZERO : BigDecimal.valueOf(-limit);
        BigDecimal max = range.has("max") ? range.get("max").decimalValue() : BigDecimal.valueOf(real ? 1000 : limit).max(min);
        ObjectNode node = JSON.objectNode();
        // the maximum is exclusive
        boolean point = max.compareTo(min) <= 0;
        node.putObject("uniform").put("min", min).put("max", real || point ? max : max.subtract(BigDecimal.ONE));
        if (!real) {
            return Optional.of(node.put("type", "integer"));
        }
        return Optional.of(node.put("digits",
                Math.min(9, Math.max(2, Math.max(min.stripTrailingZeros().scale(), max.stripTrailingZeros().scale())))));
    }

    /** Returns a range of what a date or a time counts: days, milliseconds or microseconds. */
    private Optional<ObjectNode> temporal(Schema type) {
        JsonNode range = json.path("range");
        String logical = type.getLogicalType().getName();
        String unit = LOGICAL_UNITS.get(logical);
        if (json.path("iteration").isObject()) {
            return Optional.of(sequence(json.get("iteration"), false));
        }
        if (!range.has("min") || !range.has("max") || unit == null) {
            ignored(json.fieldNames().next(), "is not understood for the logical type " + logical);
            return Optional.empty();
        }
        ObjectNode node = JSON.objectNode();
        boolean days = unit.equals("days");
        // the maximum is exclusive
        node.putObject(days ? "date" : "datetime").put("from", text(unit, range.get("min").asLong()))
                .put("to", text(unit, range.get("max").asLong() - 1));
        return Optional.of(days ? node : node.put("format", "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'"));
    }

    private static String text(String unit, long count) {
        return switch (unit) {
            case "days" -> LocalDate.ofEpochDay(count).toString();
            case "millis" -> Instant.ofEpochMilli(count).toString();
            default -> Instant.EPOCH.plus(count, ChronoUnit.MICROS).toString();
        };
    }

    private ObjectNode sequence(JsonNode iteration, boolean real) {
        BigDecimal start = iteration.path("start").decimalValue();
        boolean restarts = iteration.has("restart");
        BigDecimal restart = restarts ? iteration.get("restart").decimalValue() : start;
        boolean down = restarts && restart.compareTo(start) < 0;
        BigDecimal step = iteration.has(STEP) ? iteration.get(STEP).decimalValue()
                : BigDecimal.valueOf(down ? -1 : 1);
        if (iteration.has("initial") && iteration.get("initial").decimalValue().compareTo(start) != 0) {
            ignored("iteration.initial", "is not understood");
        }
        if (real && (start.stripTrailingZeros().scale() > 0 || step.stripTrailingZeros().scale() > 0)) {
            ignored("iteration", "is drawn with whole numbers only");
            step = step.setScale(0, RoundingMode.UP);
            start = start.setScale(0, RoundingMode.DOWN);
        }
        ObjectNode node = JSON.objectNode();
        ObjectNode sequence = node.putObject("sequence").put("start", start).put(STEP, step);
        if (restarts) {
            sequence.put("end", down ? restart.add(BigDecimal.ONE) : restart.subtract(BigDecimal.ONE));
        }
        return node;
    }

    private Optional<ObjectNode> text() {
        if (json.has("options")) {
            return options().map(Options::all);
        }
        String prefix = quoted(json.path("prefix").asText());
        String suffix = quoted(json.path("suffix").asText());
        if (json.path("iteration").isObject()) {
            ignored("iteration", "is not understood for texts");
        }
        if (json.has("kind") && KINDS.containsKey(json.get("kind").asText()) && prefix.isEmpty() && suffix.isEmpty()) {
            return Optional.of(JSON.objectNode().put("meaning", KINDS.get(json.get("kind").asText()).id()));
        }
        if (json.has("kind")) {
            ignored("kind", "is not understood here");
        }
        boolean shaped = json.has("length") || !prefix.isEmpty() || !suffix.isEmpty();
        if (!json.has("regex") && !shaped) {
            return Optional.empty();
        }
        return Optional.of(expression(prefix, suffix));
    }

    private ObjectNode expression(String prefix, String suffix) {
        int[] length = length(8, 16);
        String regex = json.has("regex") ? json.get("regex").asText() : "[a-zA-Z0-9]{" + length[0] + "," + length[1] + "}";
        try {
            ExpressionParser.parse(regex);
        } catch (IllegalArgumentException e) {
            ignored("regex", String.valueOf(e.getMessage()));
            return JSON.objectNode().put("meaning", "word");
        }
        boolean grouped = regex.contains("|") && !(prefix + suffix).isEmpty();
        ObjectNode node = JSON.objectNode().put("regex", prefix + (grouped ? "(" + regex + ")" : regex) + suffix);
        if (json.has("regex") && json.has("length")) {
            node.put("min_length", length[0]).put("max_length", length[1]);
        }
        return node;
    }

    private static String quoted(String literal) {
        return literal.replaceAll("([\\\\.\\[\\](){}*+?|^$])", "\\\\$1");
    }
}
