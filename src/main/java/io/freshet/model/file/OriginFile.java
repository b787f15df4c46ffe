package io.freshet.model.file;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.freshet.model.ColumnDrift;
import io.freshet.model.ModelFileException;
import io.freshet.model.ModelOrigin;
import io.freshet.model.RequestedFit;
import io.freshet.model.VersionEntry;
import io.freshet.model.VersionHistory;
import io.freshet.table.Notice;

/** The {@code origin} of a {@link ModelFile}; the version of a file without one is not known. */
final class OriginFile {

    private OriginFile() {
    }

    static void write(ModelOrigin origin, ObjectNode file) {
        file.put("version", origin.version()).put("fittedAt", origin.fittedAt().toString())
                .put("fitTime", origin.fitTime().toString());
        ArrayNode columns = file.putArray("drift");
        origin.drift().forEach(drift -> write(drift, columns.addObject()));
        if (!origin.notices().isEmpty()) {
            ArrayNode notices = file.putArray("notices");
            origin.notices().forEach(notice -> write(notice, notices.addObject()));
        }
        if (!origin.requested().parameters().isEmpty()) {
            write(origin.requested(), file.putObject("requested"));
        }
        if (!origin.history().entries().isEmpty()) {
            ArrayNode history = file.putArray("history");
            origin.history().entries().forEach(entry -> write(entry, history.addObject()));
        }
    }

    private static void write(ColumnDrift drift, ObjectNode column) {
        column.put("name", drift.name()).put("metric", drift.metric()).put("distance", drift.distance())
                .put("missing", drift.missing());
        if (drift.brokenRelation() != null) {
            column.put("brokenRelation", drift.brokenRelation());
        }
    }

    private static void write(RequestedFit requested, ObjectNode file) {
        new TreeMap<>(requested.parameters()).forEach((name, values) -> values.forEach(file.putArray(name)::add));
    }

    private static RequestedFit requested(JsonNode file) {
        Map<String, List<String>> parameters = new HashMap<>();
        file.fields().forEachRemaining(parameter -> {
            List<String> values = new ArrayList<>();
            parameter.getValue().forEach(value -> values.add(value.asText()));
            parameters.put(parameter.getKey(), values);
        });
        return new RequestedFit(parameters);
    }

    private static void write(VersionEntry entry, ObjectNode file) {
        file.put("version", entry.version()).put("fittedAt", entry.fittedAt().toString());
        if (entry.cause() != null) {
            file.put("cause", entry.cause().id());
        }
        if (entry.rows() != null) {
            file.put("rows", entry.rows());
        }
        file.put("method", entry.method());
        VersionEntry.DriftSummary drift = entry.drift();
        if (drift != null) {
            write(drift.furthest(), file.putObject("drift").put("mean", drift.mean()).putObject("furthest"));
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
        file.path("drift").forEach(column -> drift.add(drift(column)));
        List<Notice> notices = new ArrayList<>();
        file.path("notices").forEach(notice -> notices.add(notice(notice)));
        List<VersionEntry> history = new ArrayList<>();
        try {
            file.path("history").forEach(entry -> history.add(entry(entry)));
            return Optional.of(new ModelOrigin(file.path("version").asLong(), Instant.parse(file.path("fittedAt").asText()),
                    Duration.parse(file.path("fitTime").asText()), drift, notices,
                    requested(file.path("requested")), new VersionHistory(history)));
        } catch (DateTimeException e) {
            throw new ModelFileException("its origin has an invalid date or duration: " + e.getMessage());
        }
    }

    private static ColumnDrift drift(JsonNode column) {
        return new ColumnDrift(column.path("name").asText(), column.path("metric").asText(),
                column.path("distance").asDouble(), column.path("missing").asDouble(),
                column.has("brokenRelation") ? column.path("brokenRelation").asText() : null);
    }

    private static VersionEntry entry(JsonNode file) {
        JsonNode drift = file.path("drift");
        return new VersionEntry(file.path("version").asLong(), Instant.parse(file.path("fittedAt").asText()),
                cause(file.path("cause").asText()), file.has("rows") ? Long.valueOf(file.path("rows").asLong()) : null,
                file.path("method").asText(), drift.isObject()
                        ? new VersionEntry.DriftSummary(drift.path("mean").asDouble(), drift(drift.path("furthest")))
                        : null);
    }

    /** Returns the cause; null if there is none, or if it is one of a later release. */
    private static VersionEntry.@Nullable Cause cause(String id) {
        return Stream.of(VersionEntry.Cause.values()).filter(cause -> cause.id().equals(id)).findFirst().orElse(null);
    }
}
