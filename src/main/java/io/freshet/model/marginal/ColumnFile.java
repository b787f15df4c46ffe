package io.freshet.model.marginal;

import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.freshet.model.ModelFileException;
import io.freshet.model.file.ModelFile;
import io.freshet.table.Column;
import io.freshet.table.ColumnType;
import io.freshet.table.DateTimeFormat;
import io.freshet.table.Dictionary;
import io.freshet.table.NumberDictionary;
import io.freshet.table.TextDictionary;

/** One column of a {@link ModelFile}. */
public final class ColumnFile {

    private ColumnFile() {
    }

    public static ObjectNode write(ColumnModel model, ObjectNode file) {
        write(model.column(), file).put("missing", model.missingShare());
        writeValues(model.values(), file);
        return file;
    }

    public static ObjectNode write(Column column, ObjectNode file) {
        ColumnType type = column.type();
        file.put("name", column.name()).put("type", type.typeName()).put("nullable", column.nullable());
        if (column.isNested()) {
            column.path().forEach(file.putArray("path")::add);
        }
        if (column.isArray()) {
            file.put("array", true);
        }
        if (!column.absent().isEmpty()) {
            file.put("absent", column.absent());
        }
        NumberFormatFile.write(column, file);
        if (type instanceof ColumnType.Decimal decimal) {
            file.put("digits", decimal.digits());
        } else if (type instanceof ColumnType.Bool bool) {
            file.put("false", bool.falseText()).put("true", bool.trueText());
        } else if (type instanceof ColumnType.DateTime dateTime) {
            file.put("pattern", dateTime.format().pattern()).put("resolution", dateTime.format().resolution().name());
        } else if (type instanceof ColumnType.Identifier identifier) {
            file.put("number", identifier.number());
        } else if (type instanceof ColumnType.Categorical names && names.literal()) {
            file.put("bare", true);
        } else if (type instanceof ColumnType.Constant constant) {
            file.put("text", constant.text()).put("literal", constant.literal());
        }
        return file;
    }

    /** Writes the marginal of a column in a stratum, with the entries of its dictionary as numbers. */
    public static void writeMarginal(ColumnModel model, ObjectNode file) {
        file.put("missing", model.missingShare());
        if (model.values() instanceof StepValues steps) {
            writeChoice(steps, file);
        } else if (model.values() instanceof DependentSteps steps) {
            writeChoice(steps.overall(), file);
            file.put("parent", steps.parent());
            ArrayNode groups = file.putArray("group_of");
            IntStream.of(steps.groupOf()).forEach(groups::add);
            ArrayNode given = file.putArray("groups");
            steps.groups().forEach(choice -> writeChoice(choice, given.addObject()));
        } else if (!(model.values() instanceof TextValues)) {
            writeValues(model.values(), file);
        }
    }

    private static void writeChoice(StepValues steps, ObjectNode file) {
        ArrayNode codes = file.putArray("codes");
        ArrayNode shares = file.putArray("shares");
        for (int step = 0; step < steps.marginal().size(); step++) {
            codes.add(steps.code(step));
            shares.add(steps.marginal().share(step));
        }
    }

    private static StepValues readChoice(JsonNode file, Dictionary dictionary) {
        return new StepValues(dictionary, StepMarginal.ofShares(numbers(file.path("shares"))), integers(file.path("codes")));
    }

    public static ColumnModel readMarginal(JsonNode file, ColumnModel ofAll) {
        ValueModel values = ofAll.values();
        if (values instanceof StepValues steps) {
            StepValues overall = readChoice(file, steps.dictionary());
            List<StepValues> groups = new ArrayList<>();
            file.path("groups").forEach(choice -> groups.add(readChoice(choice, steps.dictionary())));
            values = file.has("parent")
                    ? new DependentSteps(overall, file.path("parent").asInt(), integers(file.path("group_of")), groups)
                    : overall;
        } else if (!(values instanceof TextValues)) {
            values = values(file, ofAll.column().type());
        }
        return new ColumnModel(ofAll.column(), values, file.path("missing").asDouble());
    }

    private static void writeValues(ValueModel values, ObjectNode file) {
        if (values instanceof StepValues steps) {
            ArrayNode entries = file.putArray("values");
            ArrayNode shares = file.putArray("shares");
            double[] shareOf = steps.shares();
            for (int code = 0; code < shareOf.length; code++) {
                if (steps.dictionary() instanceof NumberDictionary numbers) {
                    entries.add(numbers.value(code));
                } else {
                    entries.add(((TextDictionary) steps.dictionary()).text(code));
                }
                shares.add(shareOf[code]);
            }
        } else if (values instanceof TextValues texts) {
            ArrayNode positions = file.putArray("positions");
            texts.pattern().positions().forEach(positions::add);
            file.put("words", texts.pattern().words());
        } else {
            ContinuousMarginal marginal = values instanceof ContinuousValues numbers ? numbers.marginal()
                    : ((FloatingValues) values).marginal();
            ArrayNode cumulative = file.putArray("cumulative");
            for (double share : marginal.cumulative()) {
                cumulative.add(share);
            }
            ArrayNode anchors = file.putArray("anchors");
            for (double anchor : marginal.values()) {
                anchors.add(anchor);
            }
        }
    }

    public static ColumnModel read(JsonNode file) {
        Column column = column(file);
        return new ColumnModel(column, values(file, column.type()), file.path("missing").asDouble());
    }

    public static Column column(JsonNode file) {
        String name = file.path("name").asText();
        List<String> path = new ArrayList<>();
        file.path("path").forEach(step -> path.add(step.asText()));
        return new Column(name, type(file), file.path("nullable").asBoolean(), path.isEmpty() ? List.of(name) : path,
                file.path("array").asBoolean(), NumberFormatFile.read(file.path("number_format")))
                .withAbsent(file.path("absent").asText());
    }

    private static ColumnType type(JsonNode file) {
        String type = file.path("type").asText();
        return switch (type) {
            case "integer" -> new ColumnType.Whole();
            case "decimal" -> new ColumnType.Decimal(file.path("digits").asInt());
            case "floating" -> new ColumnType.Floating();
            case "boolean" -> new ColumnType.Bool(file.path("false").asText(), file.path("true").asText());
            case "categorical" -> new ColumnType.Categorical(file.path("bare").asBoolean());
            case "datetime" -> new ColumnType.DateTime(DateTimeFormat.of(file.path("pattern").asText(),
                    ChronoUnit.valueOf(file.path("resolution").asText())));
            case "identifier" -> new ColumnType.Identifier(file.path("number").asBoolean());
            case "text" -> new ColumnType.FreeText();
            case "constant" -> new ColumnType.Constant(file.path("text").asText(), file.path("literal").asText());
            case "missing" -> new ColumnType.Missing();
            default -> throw new ModelFileException("it has a column of type " + type);
        };
    }

    private static ValueModel values(JsonNode file, ColumnType type) {
        if (file.has("positions")) {
            List<String> positions = new ArrayList<>();
            file.get("positions").forEach(position -> positions.add(position.asText()));
            return new TextValues(new TextPattern(positions, file.path("words").asInt()));
        }
        if (file.has("anchors")) {
            ContinuousMarginal marginal = ContinuousMarginal.of(numbers(file.path("cumulative")),
                    numbers(file.path("anchors")));
            return type instanceof ColumnType.Floating ? new FloatingValues(marginal) : new ContinuousValues(marginal);
        }
        JsonNode values = file.path("values");
        double[] shares = numbers(file.path("shares"));
        if (shares.length == 0 || shares.length != values.size()) {
            throw new ModelFileException(file.path("name").asText() + " has " + values.size() + " values and " + shares.length
                    + " shares");
        }
        if (values.get(0).isNumber()) {
            long[] numbers = new long[values.size()];
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = values.get(i).asLong();
            }
            return StepValues.ofShares(NumberDictionary.of(numbers), shares);
        }
        List<String> texts = new ArrayList<>();
        values.forEach(value -> texts.add(value.asText()));
        return StepValues.ofShares(TextDictionary.of(texts), shares);
    }

    public static int[] integers(JsonNode array) {
        int[] numbers = new int[array.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = array.get(i).asInt();
        }
        return numbers;
    }

    public static double[] numbers(JsonNode array) {
        double[] numbers = new double[array.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = array.get(i).asDouble();
        }
        return numbers;
    }
}
