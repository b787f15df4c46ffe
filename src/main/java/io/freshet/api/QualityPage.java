package io.freshet.api;

import java.util.List;
import java.util.Locale;

import io.freshet.score.ColumnScore;
import io.freshet.score.PairScore;
import io.freshet.score.QualityReport;
import io.freshet.store.StoredModel;

/** A quality report as a page of its own: no scripts, no requests. */
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
            table { border-collapse: collapse } td, th { padding: .15rem .75rem .15rem 0; text-align: left }
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
                .append(" real ones. In brackets the ceiling: what the real rows reach when they are drawn again.</p><table>");
        total("Overall quality", report.overall(), report.overallCeiling());
        total("Column shapes", report.columnShapes(), report.columnShapesCeiling());
        total("Column pair trends", report.columnPairTrends(), report.columnPairTrendsCeiling());
        line("New rows", number(report.privacy().newRows()));
        line("Distance to the closest real row (median)", number(report.privacy().medianDistance()));
        line("That distance against random rows", number(report.privacy().baselineProtection()));
        line("Protection against overfitting", number(report.privacy().overfittingProtection()));
        html.append("</table><p><span class=\"key\" style=\"background:#8888\"></span> real ")
                .append("<span class=\"key\" style=\"border:2px solid #d9480f\"></span> synthetic</p><div class=\"columns\">");
        report.columns().forEach(this::column);
        html.append("</div>");
        pairs(report.pairs());
        return html.append("</body></html>").toString();
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
        html.append("<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/>".formatted(kind, x,
                HEIGHT - height, Math.max(1, width), height));
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

    private static String number(double value) {
        return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, "%.4f", value);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }
}
