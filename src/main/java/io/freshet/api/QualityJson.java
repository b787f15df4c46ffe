package io.freshet.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.freshet.score.ColumnScore;
import io.freshet.score.PairScore;
import io.freshet.score.PrivacyScores;
import io.freshet.score.QualityReport;
import io.freshet.store.StoredModel;

/** A quality report as JSON; a score that is not defined is null. */
final class QualityJson {

    private QualityJson() {
    }

    static ObjectNode of(StoredModel model, QualityReport report) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("model", model.name()).put("version", model.version());
        json.put("realRows", report.realRows()).put("syntheticRows", report.syntheticRows());
        json.set("overallQuality", score(report.overall(), report.overallCeiling()));
        json.set("columnShapes", score(report.columnShapes(), report.columnShapesCeiling()));
        json.set("columnPairTrends", score(report.columnPairTrends(), report.columnPairTrendsCeiling()));
        json.set("privacy", privacy(report.privacy()));
        ArrayNode columns = json.putArray("columns");
        report.columns().forEach(column -> columns.add(column(column)));
        ArrayNode pairs = json.putArray("pairs");
        report.pairs().forEach(pair -> pairs.add(pair(pair)));
        return json;
    }

    private static ObjectNode column(ColumnScore column) {
        ObjectNode json = score(column.score(), column.ceiling());
        json.put("name", column.name()).put("metric", column.metric());
        boolean numbers = column.metric().equals("KSComplement");
        put(json, numbers ? "boundaryAdherence" : "categoryAdherence", column.adherence());
        put(json, numbers ? "rangeCoverage" : "categoryCoverage", column.coverage());
        put(json, "missingValueSimilarity", column.missingSimilarity());
        return json;
    }

    private static ObjectNode pair(PairScore pair) {
        return score(pair.score(), pair.ceiling()).put("first", pair.first()).put("second", pair.second())
                .put("metric", pair.metric());
    }

    private static ObjectNode score(double score, double ceiling) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        put(json, "score", score);
        put(json, "ceiling", ceiling);
        return json;
    }

    private static void put(ObjectNode json, String name, double value) {
        if (Double.isNaN(value)) {
            json.putNull(name);
        } else {
            json.put(name, value);
        }
    }

    private static ObjectNode privacy(PrivacyScores scores) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        put(json, "newRowSynthesis", scores.newRows());
        put(json, "medianDistanceToClosestRecord", scores.medianDistance());
        put(json, "dcrBaselineProtection", scores.baselineProtection());
        put(json, "dcrOverfittingProtection", scores.overfittingProtection());
        return json;
    }
}
