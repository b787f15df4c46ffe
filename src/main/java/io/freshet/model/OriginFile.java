package io.freshet.model;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The {@code origin} of a {@link ModelFile}; a file without one is of no known version. */
final class OriginFile {

    private OriginFile() {
    }

    static void write(ModelOrigin origin, ObjectNode file) {
        file.put("version", origin.version()).put("fittedAt", origin.fittedAt().toString())
                .put("fitTime", origin.fitTime().toString());
        ArrayNode columns = file.putArray("drift");
        for (ColumnDrift drift : origin.drift()) {
            columns.addObject().put("name", drift.name()).put("metric", drift.metric()).put("distance", drift.distance())
                    .put("missing", drift.missing());
        }
    }

    static Optional<ModelOrigin> read(JsonNode file) {
        if (!file.isObject()) {
            return Optional.empty();
        }
        List<ColumnDrift> drift = new ArrayList<>();
        for (JsonNode column : file.path("drift")) {
            drift.add(new ColumnDrift(column.path("name").asText(), column.path("metric").asText(),
                    column.path("distance").asDouble(), column.path("missing").asDouble()));
        }
        try {
            return Optional.of(new ModelOrigin(file.path("version").asLong(), Instant.parse(file.path("fittedAt").asText()),
                    Duration.parse(file.path("fitTime").asText()), drift));
        } catch (DateTimeException e) {
            throw new ModelFileException("its origin has no date or duration: " + e.getMessage());
        }
    }
}
