package io.freshet.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.freshet.score.ColumnScore;
import io.freshet.score.DetectionScore;
import io.freshet.score.PairScore;
import io.freshet.score.PrivacyScores;
import io.freshet.score.QualityReport;
import io.freshet.score.TextScore;
import io.freshet.score.UsefulnessScore;
import io.freshet.score.Verdict;
import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
class QualityPageQuarkusTest {

    private static final QualityReport REPORT = new QualityReport(new QualityReport.Sizes(10, 20, 0, 30),
            List.of(new ColumnScore("<b>&\"'", "KSComplement", .12345, Double.NaN, 1, 1, 1,
                    List.of(new ColumnScore.Bar("</title>", .5, .25)))),
            List.of(new PairScore("x<y", "z", "CorrelationSimilarity", .5, .9, true)),
            List.of(new TextScore("<i>", "identifier", 1, 1, 1, Double.NaN, 1, 1, 0, Double.NaN, 1)),
            new PrivacyScores(1, .25, .5, Double.NaN, .5, .5, 0, 0, .5), Optional.empty(),
            Optional.of(new UsefulnessScore("a&b", "AUC", .75, .5, 10, Optional.empty())));

    private static String page(QualityReport report) {
        return new QualityPage("m", 3, report, new Verdict("1 < 2", List.of(), List.of()), "nothing",
                report.detection().orElse(null), report.usefulness().orElse(null), report.pairs(), List.of()).render();
    }

    @Test
    void textsOfTablesAreEscaped() {
        assertThat(page(REPORT)).contains("<h2>&lt;b&gt;&amp;&quot;&#39;</h2>", "<g><title>&lt;/title&gt;: 0.5000 real",
                "<td>x&lt;y, z</td>", "<td>&lt;i&gt; (identifier)</td>", "<strong>1 &lt; 2</strong>", "for a&amp;b (AUC)");
    }

    @Test
    void scoresHaveFourDecimalsAndTheirCeilingInBrackets() {
        assertThat(page(REPORT)).contains("KSComplement 0.1235 (–), adherence 1.0000", "<td>0.7500 (0.5000)</td>",
                "20 synthetic rows against 10 real ones");
    }

    @Test
    void partsWithoutContentAreLeftOut() {
        QualityReport empty = new QualityReport(REPORT.sizes(), List.of(), List.of(), List.of(), REPORT.privacy(),
                Optional.of(new DetectionScore(.5, .5, 10, List.of())), Optional.empty());

        assertThat(page(empty)).contains("Detection").doesNotContain("Usefulness", "Pairs furthest", "free text",
                "What is good", "<svg");
    }
}
