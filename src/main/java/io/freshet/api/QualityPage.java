package io.freshet.api;

import java.util.Comparator;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.freshet.score.DetectionScore;
import io.freshet.score.PairScore;
import io.freshet.score.QualityReport;
import io.freshet.score.ScoreDefinition;
import io.freshet.score.UsefulnessScore;
import io.freshet.score.Verdict;
import io.freshet.store.StoredModel;
import io.quarkus.qute.TemplateInstance;

/**
 * A quality report as a self-contained page, without scripts or further requests: the parameters of the template of this name.
 *
 * @param promise what the model promises about privacy
 * @param worstPairs the pairs that are furthest below their ceiling, the worst first
 */
record QualityPage(String name, long version, QualityReport report, Verdict verdict, String promise,
        @Nullable DetectionScore detection, @Nullable UsefulnessScore usefulness, List<PairScore> worstPairs,
        List<ScoreDefinition> definitions) implements TemplateInstance {

    private static final int MAX_PAIRS = 30;

    static QualityPage of(StoredModel model, QualityReport report) {
        return new QualityPage(model.name(), model.version(), report, report.verdict(model.model().method().id()),
                PrivacyPromise.of(model.model()), report.detection().orElse(null), report.usefulness().orElse(null),
                worst(report.pairs()), List.of(ScoreDefinition.values()));
    }

    private static List<PairScore> worst(List<PairScore> pairs) {
        Comparator<PairScore> distance = Comparator.comparingDouble(pair -> pair.ceiling() - pair.score());
        return pairs.stream().filter(pair -> !Double.isNaN(pair.score())).sorted(distance.reversed()).limit(MAX_PAIRS).toList();
    }
}
