package io.freshet.model.file;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.freshet.model.ModelFileException;
import io.freshet.model.copula.GaussianCopula;
import io.freshet.model.marginal.ColumnFile;
import io.freshet.model.marginal.KnownColumn;
import io.freshet.model.marginal.KnownGroups;
import io.freshet.model.online.ModelPart;
import io.freshet.model.online.Pane;
import io.freshet.model.online.Panes;

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
        addAll(column.numbers(), values);
        ArrayNode shares = file.putArray(column.continuous() ? "cumulative" : "shares");
        addAll(column.shares(), shares);
        file.put("latent", column.isLatent());
        KnownGroups groups = column.groups();
        if (groups != null) {
            file.put("parent", groups.parent());
            ArrayNode own = file.putArray("groups");
            groups.own().forEach((value, given) -> write(value, given, own.addObject()));
            addAll(groups.rest(), file.putArray("rest"));
        }
    }

    private static void write(Object parent, double[] shares, ObjectNode file) {
        if (parent instanceof String text) {
            file.put("value", text);
        } else if (parent instanceof Double number) {
            file.put("value", number);
        } else {
            file.putNull("value");
        }
        addAll(shares, file.putArray("shares"));
    }

    private static void addAll(double[] numbers, ArrayNode file) {
        for (double number : numbers) {
            file.add(number);
        }
    }

    /** @param model the model to which the panes belong */
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
            throw new ModelFileException("a pane has an invalid date: " + e.getMessage());
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
        return new KnownColumn(file.path("missing").asDouble(), texts.isEmpty() ? ColumnFile.numbers(values) : new double[0],
                texts, ColumnFile.numbers(file.path(continuous ? "cumulative" : "shares")), continuous, whole,
                file.path("latent").asBoolean(), file.has("parent") ? groups(file, values.size()) : null);
    }

    private static KnownGroups groups(JsonNode file, int values) {
        Map<Object, double[]> own = new LinkedHashMap<>();
        for (JsonNode group : file.path("groups")) {
            JsonNode value = group.path("value");
            own.put(value.isTextual() ? value.asText() : value.isNumber() ? (Object) value.asDouble() : KnownGroups.NONE,
                    shares(group.path("shares"), values));
        }
        return new KnownGroups(file.path("parent").asInt(), own, shares(file.path("rest"), values));
    }

    private static double[] shares(JsonNode array, int values) {
        if (array.size() != values) {
            throw new ModelFileException("a pane has " + array.size() + " shares for " + values + " values");
        }
        return ColumnFile.numbers(array);
    }
}
