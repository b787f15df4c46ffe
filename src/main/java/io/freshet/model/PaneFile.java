package io.freshet.model;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The {@code panes} of a {@link ModelFile}. */
final class PaneFile {

    private PaneFile() {
    }

    static void write(Panes panes, ArrayNode file) {
        for (Pane pane : panes.list()) {
            ObjectNode node = file.addObject().put("rows", pane.rows()).put("from", pane.from().toString())
                    .put("to", pane.to().toString());
            write(pane.all(), node.putObject("all"));
            if (pane.strata().size() > 1) {
                ArrayNode strata = node.putArray("strata");
                pane.strata().forEach(part -> part.ifPresentOrElse(known -> write(known, strata.addObject()),
                        strata::addNull));
            }
        }
    }

    private static void write(ModelPart part, ObjectNode file) {
        file.put("share", part.weight());
        ArrayNode columns = file.putArray("columns");
        part.columns().forEach(column -> write(column, columns.addObject()));
        double[][] correlation = part.correlation();
        ArrayNode triangle = file.putArray("correlation");
        for (int i = 1; i < correlation.length; i++) {
            for (int j = 0; j < i; j++) {
                triangle.add(correlation[i][j]);
            }
        }
    }

    private static void write(KnownColumn column, ObjectNode file) {
        file.put("missing", column.missing());
        ArrayNode values = file.putArray(column.continuous() ? "anchors" : "values");
        column.texts().forEach(values::add);
        for (double number : column.numbers()) {
            values.add(number);
        }
        ArrayNode shares = file.putArray(column.continuous() ? "cumulative" : "shares");
        for (double share : column.shares()) {
            shares.add(share);
        }
        column.groups().ifPresent(groups -> {
            file.put("parent", groups.parent());
            write(groups.rest(), file.putObject("rest"));
            ArrayNode given = file.putArray("given");
            groups.own().forEach((value, choice) -> {
                ObjectNode node = given.addObject();
                if (value instanceof Double number) {
                    node.put("value", number);
                } else if (value instanceof String text) {
                    node.put("value", text);
                }
                write(choice, node);
            });
        });
    }

    private static void write(KnownGroups.Choice choice, ObjectNode file) {
        ArrayNode places = file.putArray("places");
        IntStream.of(choice.places()).forEach(places::add);
        ArrayNode shares = file.putArray("shares");
        DoubleStream.of(choice.shares()).forEach(shares::add);
    }

    private static KnownGroups.Choice choice(JsonNode file, int values) {
        int[] places = ColumnFile.integers(file.path("places"));
        double[] shares = ColumnFile.numbers(file.path("shares"));
        if (places.length == 0 || places.length != shares.length
                || IntStream.of(places).anyMatch(place -> place < 0 || place >= values)) {
            throw new ModelFileException("a pane has a choice that is not among its " + values + " values");
        }
        return new KnownGroups.Choice(places, shares);
    }

    private static KnownGroups groups(JsonNode file, int values) {
        Map<Object, KnownGroups.Choice> own = new LinkedHashMap<>();
        for (JsonNode node : file.path("given")) {
            JsonNode value = node.path("value");
            own.put(value.isTextual() ? value.asText() : value.isNumber() ? (Object) value.asDouble() : KnownGroups.NONE,
                    choice(node, values));
        }
        return new KnownGroups(file.path("parent").asInt(), own, choice(file.path("rest"), values));
    }

    /** @param model that the panes belong to */
    static Panes read(JsonNode file, GaussianCopula model) {
        List<Pane> panes = new ArrayList<>();
        for (JsonNode node : file) {
            ModelPart all = part(node.path("all"), model);
            List<Optional<ModelPart>> strata = new ArrayList<>();
            node.path("strata").forEach(part -> strata.add(part.isNull() ? Optional.empty() : Optional.of(part(part, model))));
            if (strata.isEmpty()) {
                strata.add(Optional.of(all));
            }
            if (strata.size() != model.strata().size()) {
                throw new ModelFileException("a pane has " + strata.size() + " strata, not " + model.strata().size());
            }
            panes.add(
                    new Pane(node.path("rows").asDouble(), instant(node.path("from")), instant(node.path("to")), all, strata));
        }
        return new Panes(panes);
    }

    private static Instant instant(JsonNode node) {
        try {
            return Instant.parse(node.asText());
        } catch (DateTimeException e) {
            throw new ModelFileException("a pane has no date: " + e.getMessage());
        }
    }

    private static ModelPart part(JsonNode file, GaussianCopula model) {
        JsonNode nodes = file.path("columns");
        if (nodes.size() != model.columns().size() || !(file.path("share").asDouble() > 0)) {
            throw new ModelFileException("a pane has " + nodes.size() + " columns, not " + model.columns().size()
                    + ", or no share");
        }
        List<KnownColumn> columns = new ArrayList<>();
        for (int c = 0; c < nodes.size(); c++) {
            boolean whole = !(model.columns().get(c).column().type() instanceof io.freshet.table.ColumnType.Floating);
            columns.add(column(nodes.get(c), whole));
        }
        int size = ModelPart.latent(columns).dependent();
        JsonNode triangle = file.path("correlation");
        return ModelPart.of(file.path("share").asDouble(), columns,
                triangle.isEmpty() ? new double[0][0] : ModelFile.correlation(triangle, size, true));
    }

    private static KnownColumn column(JsonNode file, boolean whole) {
        boolean continuous = file.has("anchors");
        JsonNode values = file.path(continuous ? "anchors" : "values");
        List<String> texts = new ArrayList<>();
        values.forEach(value -> {
            if (value.isTextual()) {
                texts.add(value.asText());
            }
        });
        KnownColumn column = new KnownColumn(file.path("missing").asDouble(),
                texts.isEmpty() ? ColumnFile.numbers(values) : new double[0],
                texts, ColumnFile.numbers(file.path(continuous ? "cumulative" : "shares")), continuous, whole);
        return file.has("parent") ? column.with(groups(file, column.shares().length)) : column;
    }
}
