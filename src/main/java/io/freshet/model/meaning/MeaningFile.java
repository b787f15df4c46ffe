package io.freshet.model.meaning;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.freshet.model.ModelFileException;
import io.freshet.model.SynthesisModel;
import io.freshet.model.marginal.ColumnFile;
import io.freshet.table.Column;

/**
 * Reads and writes the {@code texts} of a model file. Each text column has its {@code index}, its meaning, and its
 * {@code forms}, each with {@code parts} and a {@code bound} (the cumulative share). The file does not contain the texts of the
 * table: it keeps one bit of a hash for each ({@code seen}), or the residues of their numbers ({@code taken}).
 */
public final class MeaningFile {

    private MeaningFile() {
    }

    /** Adds the texts to the file of the inner model, if the model has texts. */
    public static void write(SynthesisModel model, ObjectNode file) {
        if (model instanceof MeaningModel meaning) {
            ArrayNode texts = file.putArray("texts");
            meaning.plan().columns().forEach(column -> write(column, texts.addObject()));
        }
    }

    private static void write(TextColumn column, ObjectNode file) {
        ColumnFile.write(column.column(), file);
        file.put("index", column.index()).put("unique", column.unique()).put("reduced", column.reduced())
                .put("meaning", column.meaning());
        if (column.check() != null) {
            file.put("check", column.check().name());
        }
        if (column.seen().bits() > 0) {
            file.put("seen_bits", column.seen().bits()).put("seen", BitText.of(column.seen().set()));
        }
        ArrayNode forms = file.putArray("forms");
        for (int i = 0; i < column.forms().size(); i++) {
            ObjectNode node = forms.addObject().put("bound", column.bounds().get(i));
            if (!column.free().isEmpty()) {
                FreeNumbers free = column.free().get(i);
                node.put("size", free.size()).put("modulus", free.modulus()).put("taken", BitText.of(free.taken()));
            }
            ArrayNode parts = node.putArray("parts");
            column.forms().get(i).parts().forEach(part -> PartFile.write(part, parts.addObject()));
        }
    }

    /**
     * Returns the model with the texts of the file, or the inner model if the file has no texts.
     *
     * @throws ModelFileException if the texts do not match the columns
     */
    public static SynthesisModel read(JsonNode file, SynthesisModel inner) {
        List<TextColumn> columns = new ArrayList<>();
        for (JsonNode node : file.path("texts")) {
            TextColumn column = column(node);
            if (column.index() < 0 || column.index() >= inner.schema().size()
                    || column.forms().stream().flatMap(form -> form.sources().stream())
                            .anyMatch(source -> source < 0 || source >= inner.schema().size())) {
                throw new ModelFileException("a text belongs to a column that is not there");
            }
            columns.add(column);
        }
        return MeaningModel.of(inner, new MeaningPlan(columns));
    }

    private static TextColumn column(JsonNode file) {
        Column column = ColumnFile.column(file);
        List<TextForm> forms = new ArrayList<>();
        List<Double> bounds = new ArrayList<>();
        List<FreeNumbers> free = new ArrayList<>();
        for (JsonNode node : file.path("forms")) {
            List<TextPart> parts = new ArrayList<>();
            node.path("parts").forEach(part -> parts.add(PartFile.read(part)));
            forms.add(new TextForm(parts));
            bounds.add(node.path("bound").asDouble());
            if (node.has("size")) {
                free.add(new FreeNumbers(node.path("size").asLong(), node.path("modulus").asInt(),
                        BitText.bits(node.path("taken"))));
            }
        }
        SeenTexts seen = file.has("seen") ? new SeenTexts(file.path("seen_bits").asInt(), BitText.bits(file.path("seen")))
                : SeenTexts.NONE;
        return new TextColumn(file.path("index").asInt(-1), column, file.path("meaning").asText(), forms, bounds,
                file.path("unique").asBoolean(), file.path("reduced").asBoolean(), check(file), seen, free);
    }

    private static @Nullable CheckDigits check(JsonNode file) {
        return file.has("check") ? CheckDigits.valueOf(file.path("check").asText()) : null;
    }
}
