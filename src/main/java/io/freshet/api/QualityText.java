package io.freshet.api;

import java.util.Locale;

import io.freshet.score.ColumnScore;
import io.quarkus.qute.TemplateExtension;

/** What {@link QualityPage} calls in the namespace {@code score}. */
@TemplateExtension(namespace = "score")
final class QualityText {

    private QualityText() {
    }

    /** Returns a score with four decimals, or a dash if it is not defined. */
    static String of(double score) {
        return Double.isNaN(score) ? "–" : String.format(Locale.ROOT, "%.4f", score);
    }

    /** Returns a score and, in brackets, what it is compared with. */
    static String of(double score, double ceiling) {
        return of(score) + " (" + of(ceiling) + ")";
    }

    static BarChart chart(ColumnScore column) {
        return BarChart.of(column.distribution());
    }
}
