package io.freshet.api;

import java.util.List;
import java.util.Locale;

import io.freshet.score.ColumnScore;
import io.freshet.score.PairScore;
import io.freshet.score.PrivacyScores;
import io.freshet.score.QualityReport;
import io.freshet.score.ScoreDefinition;
import io.freshet.score.TextScore;
import io.freshet.score.Verdict;
import io.freshet.store.StoredModel;

/** A quality report as a self-contained page, without scripts or further requests. */
final class QualityPage {

    private static final int WIDTH = 300;
    private static final int HEIGHT = 90;
    private static final int WORST_PAIRS = 30;
    private static final String STYLE = """
            :root { color-scheme: light dark; font: 15px/1.45 system-ui, sans-serif }
            body { max-width: 72rem; margin: 0 auto; padding: 1rem }
            .columns { display: grid; grid-template-columns: repeat(auto-fill, minmax(19rem, 1fr)); gap: 1rem }
            section { border: 1px solid #8885; border-radius: .5rem; padding: .75rem; overflow: hidden }
            h2 { font-size: 1rem; margin: 0 0 .25rem; overflow-wrap: anywhere }
            table { border-collapse: collapse } td, th { vertical-align: top; padding: .15rem .75rem .15rem 0; text-align: left }
            svg { width: 100%; height: auto } .real { fill: #8888 } .made { fill: none; stroke: #d9480f; stroke-width: 2 }
            .key { display: inline-block; width: .8rem; height: .8rem } small { opacity: .75 }
            """;

    private final StringBuilder html = new StringBuilder();

    private QualityPage() {
    }

    static String of(StoredModel model, QualityReport report) {
        return new QualityPage().page(model, report);
    }

    private String page(StoredModel model, QualityReport report) {
        html.append("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>")
                .append(escaped(model.name())).append(": quality</title><style>").append(STYLE)
                .append("</style></head><body><h1>").append(escaped(model.name())).append(", version ").append(model.version())
                .append("</h1><p>").append(report.syntheticRows()).append(" synthetic rows against ").append(report.realRows())
                .append(" real ones. In brackets the ceiling: what other real rows reach.</p>");
        verdict(report.verdict(model.model().method().id()));
        totals(report);
        privacy(model, report.privacy());
        html.append("<p><span class=\"key\" style=\"background:#8888\"></span> real ")
                .append("<span class=\"key\" style=\"border:2px solid #d9480f\"></span> synthetic</p><div class=\"columns\">");
        report.columns().forEach(this::column);
        html.append("</div>");
        texts(report.texts());
        pairs(report.pairs());
        definitions();
        return html.append("</body></html>").toString();
    }

    private void verdict(Verdict verdict) {
        html.append("<p><strong>").append(escaped(verdict.summary())).append("</strong></p>");
        if (!verdict.noticed().isEmpty()) {
            html.append("<h2>What would be noticed</h2><ul>");
            verdict.noticed().forEach(remark -> html.append("<li>").append(escaped(remark.text())).append(" <em>")
                    .append(escaped(remark.advice())).append("</em></li>"));
            html.append("</ul>");
        }
        if (!verdict.good().isEmpty()) {
            html.append("<h2>What is good</h2><ul>");
            verdict.good().forEach(text -> html.append("<li>").append(escaped(text)).append("</li>"));
            html.append("</ul>");
        }
    }

    private void totals(QualityReport report) {
        html.append("<h2>Scores</h2><table>");
        report.detection().ifPresent(found -> total("Detection (AUC, 0.5 is best)", found.auc(), found.ceiling()));
        report.usefulness()
                .ifPresent(useful -> total("Usefulness for " + escaped(useful.target()) + " (" + useful.metric() + ")",
                        useful.synthetic(), useful.real()));
        total("Overall quality", report.overall(), report.overallCeiling());
        total("Column shapes", report.columnShapes(), report.columnShapesCeiling());
        total("Column pair trends", report.columnPairTrends(), report.columnPairTrendsCeiling());
        total("Column pair trends, associated pairs only", report.associatedPairTrends(), report.associatedPairTrendsCeiling());
        html.append("</table>");
    }

    private void privacy(StoredModel model, PrivacyScores privacy) {
        html.append("<h2>Privacy</h2><p>").append(escaped(PrivacyPromise.of(model.model()))).append("</p><table>");
        total("Closer to training rows than to the hold-out (0.5 is best)", privacy.closer(), privacy.closerFloor());
        total("Copies of training rows", privacy.copies(), privacy.copiesFloor());
        line("Membership attack (AUC, 0.5 is best)", number(privacy.membership()));
        line("New rows", number(privacy.newRows()));
        line("Distance to the closest real row (median)", number(privacy.medianDistance()));
        line("That distance against random rows", number(privacy.baselineProtection()));
        line("Protection against overfitting", number(privacy.overfittingProtection()));
        html.append("</table>");
    }

    private void total(String name, double score, double ceiling) {
        line(name, number(score) + " (" + number(ceiling) + ")");
    }

    private void line(String name, String value) {
        html.append("<tr><th>").append(name).append("</th><td>").append(value).append("</td></tr>");
    }

    private void column(ColumnScore column) {
        html.append("<section><h2>").append(escaped(column.name())).append("</h2><small>").append(column.metric()).append(' ')
                .append(number(column.score())).append(" (").append(number(column.ceiling())).append("), adherence ")
                .append(number(column.adherence())).append(", coverage ").append(number(column.coverage()))
                .append(", missing ").append(number(column.missingSimilarity())).append("</small>");
        bars(column.distribution());
        html.append("</section>");
    }

    private void bars(List<ColumnScore.Bar> bars) {
        if (bars.isEmpty()) {
            return;
        }
        double most = bars.stream().mapToDouble(bar -> Math.max(bar.real(), bar.synthetic())).max().orElse(1);
        double width = WIDTH / (double) bars.size();
        html.append("<svg viewBox=\"0 0 ").append(WIDTH).append(' ').append(HEIGHT).append("\" role=\"img\">");
        for (int k = 0; k < bars.size(); k++) {
            ColumnScore.Bar bar = bars.get(k);
            html.append("<g><title>").append(escaped(bar.label())).append(": ").append(number(bar.real())).append(" real, ")
                    .append(number(bar.synthetic())).append(" synthetic</title>");
            rectangle("real", k * width + 1, width - 2, bar.real() / most);
            rectangle("made", k * width + 2, width - 4, bar.synthetic() / most);
            html.append("</g>");
        }
        html.append("</svg><small>").append(escaped(bars.get(0).label())).append(" … ")
                .append(escaped(bars.get(bars.size() - 1).label())).append("</small>");
    }

    private void rectangle(String kind, double x, double width, double part) {
        double height = part * (HEIGHT - 4);
        html.append(String.format(Locale.ROOT, "<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/>",
                kind, x, HEIGHT - height, Math.max(1, width), height));
    }

    private void pairs(List<PairScore> pairs) {
        if (pairs.isEmpty()) {
            return;
        }
        html.append("<h2>Pairs furthest below their ceiling</h2><table><tr><th>Columns</th><th>Metric</th><th>Score</th></tr>");
        pairs.stream().filter(pair -> !Double.isNaN(pair.score()))
                .sorted((a, b) -> Double.compare(b.ceiling() - b.score(), a.ceiling() - a.score())).limit(WORST_PAIRS)
                .forEach(pair -> html.append("<tr><td>").append(escaped(pair.first())).append(", ")
                        .append(escaped(pair.second()))
                        .append("</td><td>").append(pair.metric()).append("</td><td>").append(number(pair.score())).append(" (")
                        .append(number(pair.ceiling())).append(")</td></tr>"));
        html.append("</table>");
    }

    private void texts(List<TextScore> texts) {
        if (texts.isEmpty()) {
            return;
        }
        html.append("<h2>Identifiers and free text</h2><table><tr><th>Column</th><th>Form</th><th>Length</th><th>Words</th>")
                .append("<th>Unique</th><th>Copied</th></tr>");
        texts.forEach(text -> html.append("<tr><td>").append(escaped(text.name())).append(" (").append(text.type())
                .append(")</td><td>").append(number(text.form())).append(" (").append(number(text.formCeiling()))
                .append(")</td><td>").append(number(text.length())).append("</td><td>").append(number(text.words()))
                .append("</td><td>").append(number(text.distinct())).append(" (").append(number(text.realDistinct()))
                .append(")</td><td>").append(number(text.copied())).append(" (").append(number(text.copiedFloor()))
                .append(")</td></tr>"));
        html.append("</table>");
    }

    private void definitions() {
        html.append("<h2>What the scores are</h2><table>");
        for (ScoreDefinition definition : ScoreDefinition.values()) {
            html.append("<tr><th>").append(definition.key()).append("</th><td>").append(escaped(definition.meaning()))
                    .append(" <small>").append(escaped(definition.source())).append("</small></td></tr>");
        }
        html.append("</table>");
    }

    private static String number(double value) {
        return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, "%.4f", value);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }
}
