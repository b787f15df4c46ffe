package io.freshet.model.file;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.freshet.model.ColumnDrift;
import io.freshet.model.ModelFileException;
import io.freshet.model.ModelOrigin;
import io.freshet.table.Notice;

/** The {@code origin} of a {@link ModelFile}; the version of a file without one is not known. */
final class OriginFile {

    private OriginFile() {
    }

    static void write(ModelOrigin origin, ObjectNode file) {
        file.put("version", origin.version()).put("fittedAt", origin.fittedAt().toString())
                .put("fitTime", origin.fitTime().toString());
        ArrayNode columns = file.putArray("drift");
        for (ColumnDrift drift : origin.drift()) {
            ObjectNode column = columns.addObject().put("name", drift.name()).put("metric", drift.metric())
                    .put("distance", drift.distance()).put("missing", drift.missing());
            if (drift.brokenRelation() != null) {
                column.put("brokenRelation", drift.brokenRelation());
            }
        }
        if (!origin.notices().isEmpty()) {
            ArrayNode notices = file.putArray("notices");
            origin.notices().forEach(notice -> write(notice, notices.addObject()));
        }
    }

    private static void write(Notice notice, ObjectNode file) {
        String column = notice.column();
        Long row = notice.row();
        if (column != null) {
            file.put("column", column);
        }
        if (row != null) {
            file.put("row", row);
        }
        file.put("message", notice.message());
    }

    private static Notice notice(JsonNode file) {
        return new Notice(file.has("column") ? file.path("column").asText() : null,
                file.has("row") ? Long.valueOf(file.path("row").asLong()) : null, file.path("message").asText());
    }

    static Optional<ModelOrigin> read(JsonNode file) {
        if (!file.isObject()) {
            return Optional.empty();
        }
        List<ColumnDrift> drift = new ArrayList<>();
        for (JsonNode column : file.path("drift")) {
            drift.add(new ColumnDrift(column.path("name").asText(), column.path("metric").asText(),
                    column.path("distance").asDouble(), column.path("missing").asDouble(),
                    column.has("brokenRelation") ? column.path("brokenRelation").asText() : null));
        }
        List<Notice> notices = new ArrayList<>();
        file.path("notices").forEach(notice -> notices.add(notice(notice)));
        try {
            return Optional.of(new ModelOrigin(file.path("version").asLong(), Instant.parse(file.path("fittedAt").asText()),
                    Duration.parse(file.path("fitTime").asText()), drift, notices));
        } catch (DateTimeException e) {
            throw new ModelFileException("its origin has an invalid date or duration: " + e.getMessage());
        }
    }
}
