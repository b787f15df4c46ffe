package io.freshet.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.freshet.model.SynthesisModel;
import io.freshet.model.privacy.PrivateModel;
import io.freshet.score.ColumnScore;
import io.freshet.score.DetectionScore;
import io.freshet.score.PairScore;
import io.freshet.score.PrivacyScores;
import io.freshet.score.QualityReport;
import io.freshet.score.ScoreDefinition;
import io.freshet.score.TextScore;
import io.freshet.score.UsefulnessScore;
import io.freshet.score.Verdict;
import io.freshet.store.StoredModel;

/** A quality report as JSON; an undefined score is null. */
final class QualityJson {

    private QualityJson() {
    }

    static ObjectNode of(StoredModel model, QualityReport report) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("model", model.name()).put("version", model.version());
        json.set("verdict", verdict(report.verdict(model.model().method().id())));
        json.put("realRows", report.realRows()).put("syntheticRows", report.syntheticRows());
        json.put("trainingRows", report.sizes().training()).put("comparedRows", report.sizes().compared());
        json.set("detection", report.detection().<JsonNode> map(QualityJson::detection).orElse(NullNode.instance));
        json.set("usefulness", report.usefulness().<JsonNode> map(QualityJson::usefulness).orElse(NullNode.instance));
        json.set("overallQuality", score(report.overall(), report.overallCeiling()));
        json.set("columnShapes", score(report.columnShapes(), report.columnShapesCeiling()));
        ObjectNode trends = score(report.columnPairTrends(), report.columnPairTrendsCeiling());
        trends.set("associated", score(report.associatedPairTrends(), report.associatedPairTrendsCeiling()).put("pairs",
                report.associatedPairs().size()));
        json.set("columnPairTrends", trends);
        json.set("privacy", privacy(report.privacy(), model.model()));
        ArrayNode columns = json.putArray("columns");
        report.columns().forEach(column -> columns.add(column(column)));
        ArrayNode texts = json.putArray("texts");
        report.texts().forEach(text -> texts.add(text(text)));
        ArrayNode pairs = json.putArray("pairs");
        report.pairs().forEach(pair -> pairs.add(pair(pair)));
        ObjectNode definitions = json.putObject("definitions");
        for (ScoreDefinition definition : ScoreDefinition.values()) {
            definitions.putObject(definition.key()).put("meaning", definition.meaning()).put("source", definition.source());
        }
        return json;
    }

    private static ObjectNode verdict(Verdict verdict) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("summary", verdict.summary());
        verdict.good().forEach(json.putArray("good")::add);
        ArrayNode noticed = json.putArray("noticed");
        verdict.noticed().forEach(remark -> {
            ArrayNode suggestions = noticed.addObject().put("text", remark.text()).put("advice", remark.advice())
                    .putArray("suggestions");
            remark.suggestions().forEach(suggestion -> suggestions.addObject().put("parameter", suggestion.parameter())
                    .put("value", suggestion.value().orElse(null)));
        });
        return json;
    }

    private static ObjectNode detection(DetectionScore found) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        put(json, "auc", found.auc());
        put(json, "ceiling", found.ceiling());
        json.put("rows", found.rows());
        found.columns().forEach(json.putArray("columns")::add);
        return json;
    }

    private static ObjectNode usefulness(UsefulnessScore useful) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("target", useful.target()).put("metric", useful.metric());
        put(json, "synthetic", useful.synthetic());
        put(json, "real", useful.real());
        useful.rare().ifPresent(rare -> json.putObject("rare").put("tested", rare.tested()).put("synthetic", rare.synthetic())
                .put("real", rare.real()));
        return json.put("rows", useful.rows()).put("judged", useful.isJudged());
    }

    private static ObjectNode text(TextScore text) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("name", text.name()).put("type", text.type());
        put(json, "form", text.form());
        put(json, "formCeiling", text.formCeiling());
        put(json, "length", text.length());
        put(json, "words", text.words());
        put(json, "distinct", text.distinct());
        put(json, "realDistinct", text.realDistinct());
        put(json, "copied", text.copied());
        put(json, "copiedFloor", text.copiedFloor());
        put(json, "missingValueSimilarity", text.missingSimilarity());
        return json;
    }

    private static ObjectNode column(ColumnScore column) {
        ObjectNode json = score(column.score(), column.ceiling());
        json.put("name", column.name()).put("metric", column.metric());
        boolean numbers = column.metric().equals("KSComplement");
        put(json, numbers ? "boundaryAdherence" : "categoryAdherence", column.adherence());
        put(json, numbers ? "rangeCoverage" : "categoryCoverage", column.coverage());
        put(json, "missingValueSimilarity", column.missingSimilarity());
        ArrayNode distribution = json.putArray("distribution");
        column.distribution().forEach(bar -> put(put(distribution.addObject().put("label", bar.label()), "real", bar.real()),
                "synthetic", bar.synthetic()));
        return json;
    }

    private static ObjectNode pair(PairScore pair) {
        return score(pair.score(), pair.ceiling()).put("first", pair.first()).put("second", pair.second())
                .put("metric", pair.metric()).put("associated", pair.associated());
    }

    private static ObjectNode score(double score, double ceiling) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        put(json, "score", score);
        put(json, "ceiling", ceiling);
        return json;
    }

    private static ObjectNode put(ObjectNode json, String name, double value) {
        return Double.isNaN(value) ? json.putNull(name) : json.put(name, value);
    }

    private static ObjectNode privacy(PrivacyScores scores, SynthesisModel model) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("promise", PrivacyPromise.of(model));
        if (model instanceof PrivateModel noisy) {
            json.put("epsilon", noisy.ledger().epsilon()).put("delta", noisy.ledger().delta());
        }
        put(json, "newRowSynthesis", scores.newRows());
        put(json, "medianDistanceToClosestRecord", scores.medianDistance());
        put(json, "dcrBaselineProtection", scores.baselineProtection());
        put(json, "dcrOverfittingProtection", scores.overfittingProtection());
        put(json, "closerToTraining", scores.closer());
        put(json, "closerToTrainingFloor", scores.closerFloor());
        put(json, "exactCopies", scores.copies());
        put(json, "exactCopiesFloor", scores.copiesFloor());
        put(json, "membershipAttack", scores.membership());
        return json;
    }
}
