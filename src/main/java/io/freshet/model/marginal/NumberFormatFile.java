package io.freshet.model.marginal;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.freshet.model.ModelFileException;
import io.freshet.table.Column;
import io.freshet.table.NumberFormat;

/** The number format of a column in a model file; columns whose numbers are written as in JSON have none. */
final class NumberFormatFile {

    private NumberFormatFile() {
    }

    static void write(Column column, ObjectNode file) {
        NumberFormat format = column.format();
        if (format != null) {
            file.putObject("number_format").put("prefix", format.prefix()).put("suffix", format.suffix())
                    .put("decimal", String.valueOf(format.decimal())).put("grouping", format.grouping())
                    .put("negative", format.negative().name().toLowerCase(Locale.ROOT));
        }
    }

    static @Nullable NumberFormat read(JsonNode file) {
        if (!file.isObject()) {
            return null;
        }
        try {
            return new NumberFormat(file.path("prefix").asText(), file.path("suffix").asText(),
                    file.path("decimal").asText(".").charAt(0), file.path("grouping").asText(),
                    NumberFormat.Negative.valueOf(file.path("negative").asText().toUpperCase(Locale.ROOT)));
        } catch (IllegalArgumentException e) {
            throw new ModelFileException("it has an invalid number format: " + e.getMessage());
        }
    }
}
