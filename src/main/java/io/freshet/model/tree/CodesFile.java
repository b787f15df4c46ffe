package io.freshet.model.tree;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.freshet.model.ModelFileException;
import io.freshet.model.marginal.ColumnFile;
import io.freshet.model.marginal.TextPattern;
import io.freshet.table.TextDictionary;

/** Reads and writes the codes of one column in a {@link TreeFile}. */
public final class CodesFile {

    private static final int NUMBERS_PER_SEGMENT = 3;

    private CodesFile() {
    }

    public static void write(ColumnCodes codes, ObjectNode file) {
        ColumnFile.write(codes.column(), file);
        if (codes.kind().isOrdered()) {
            file.put("origin", codes.origin()).put("unit", codes.unit());
        }
        if (codes.kind() == CodeKind.NAME) {
            ArrayNode values = file.putArray("values");
            codes.names().texts().forEach(values::add);
        }
        codes.pattern().ifPresent(pattern -> {
            ArrayNode positions = file.putArray("positions");
            pattern.positions().forEach(positions::add);
            file.put("words", pattern.words());
        });
        ArrayNode all = file.putArray("segments");
        Segments segments = codes.segments();
        for (int code = 0; code < segments.codes(); code++) {
            ArrayNode own = all.addArray();
            for (int s = segments.first(code); s < segments.first(code + 1); s++) {
                add(own, segments.low(s));
                add(own, segments.high(s));
                add(own, segments.mass(s));
            }
        }
    }

    private static void add(ArrayNode numbers, double number) {
        if (number == (long) number && Math.abs(number) < 0x1p53) {
            numbers.add((long) number);
        } else {
            numbers.add(number);
        }
    }

    public static ColumnCodes read(JsonNode file) {
        SegmentList segments = new SegmentList();
        for (JsonNode code : file.path("segments")) {
            double[] numbers = ColumnFile.numbers(code);
            if (numbers.length == 0 || numbers.length % NUMBERS_PER_SEGMENT != 0) {
                throw new ModelFileException(file.path("name").asText() + " has a code of " + numbers.length + " numbers");
            }
            for (int i = 0; i < numbers.length; i += NUMBERS_PER_SEGMENT) {
                segments.add(numbers[i], numbers[i + 1], numbers[i + 2]);
            }
            segments.endCode();
        }
        List<String> names = new ArrayList<>();
        file.path("values").forEach(value -> names.add(value.asText()));
        return new ColumnCodes(ColumnFile.column(file), segments.build(), TextDictionary.of(names),
                file.path("origin").asLong(), file.path("unit").asLong(1), pattern(file));
    }

    private static Optional<TextPattern> pattern(JsonNode file) {
        if (!file.has("positions")) {
            return Optional.empty();
        }
        List<String> positions = new ArrayList<>();
        file.get("positions").forEach(position -> positions.add(position.asText()));
        return Optional.of(new TextPattern(positions, file.path("words").asInt()));
    }
}
