package io.freshet.score;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Describes a report in words. It remarks on a score that is below that of real rows by more than chance explains. */
final class VerdictWriter {

    private static final double HARDLY = .55;
    private static final double SOMETIMES = .65;
    private static final double OFTEN = .8;
    /** The tolerated distance of a score from its ceiling. Larger distances give a remark. */
    private static final double SHAPE = .03;
    private static final double TREND = .05;
    private static final double MISSING = .02;
    private static final double FORM = .02;
    private static final double USEFUL = .02;
    private static final double CLOSER = .05;
    private static final double COPIES = .005;
    private static final double ADHERENCE = .01;
    private static final String TYPE = "type.";
    private static final String METHOD = "method";
    private static final String CONSTRAINT = "constraint";
    private static final int MAX_NAMED = 3;
    private static final int FEW_ROWS = 1_000;

    private final QualityReport report;
    private final String method;
    private final List<String> good = new ArrayList<>();
    private final List<Verdict.Remark> noticed = new ArrayList<>();

    private VerdictWriter(QualityReport report, String method) {
        this.report = report;
        this.method = method;
    }

    /** @param method the name of the model's method */
    static Verdict write(QualityReport report, String method) {
        return new VerdictWriter(report, method).write();
    }

    private Verdict write() {
        report.texts().forEach(this::text);
        privacy();
        usefulness();
        columns();
        pairs();
        detection();
        sizes();
        return new Verdict(summary(), good, noticed);
    }

    private String summary() {
        long broken = report.texts().stream().filter(VerdictWriter::isBroken).count();
        String texts = broken == 0 ? ""
                : broken == 1 ? " The texts of one column are broken."
                        : " The texts of " + broken + " columns are broken.";
        return report.detection().map(found -> "A classifier " + ability(found.auc()) + " drawn rows from real rows: AUC "
                + number(found.auc()) + ", where 0.50 means that it cannot and real rows against real rows have "
                + number(found.ceiling()) + "." + texts)
                .orElse("The table has only identifiers and free text; their form was compared." + texts);
    }

    private static String ability(double auc) {
        return auc <= HARDLY ? "hardly tells"
                : auc <= SOMETIMES ? "sometimes tells"
                        : auc <= OFTEN ? "often tells"
                                : "nearly always tells";
    }

    private void detection() {
        report.detection().ifPresent(found -> {
            if (found.auc() <= Math.max(HARDLY, found.ceiling() + .03)) {
                good.add("Rows as a whole look real: " + number(found.auc()) + " (0.50 is best).");
            } else {
                noticed.add(new Verdict.Remark("The classifier looks most at " + String.join(", ", found.columns())
                        + ": their values, or how they go together with others, differ from the real ones.", better(),
                        betterFits()));
            }
        });
    }

    private String better() {
        return switch (method) {
            case "trees" -> "Fit more rows, or declare what holds between columns with constraint=.";
            case "gaussian_copula" -> "Fit with method=trees, which keeps more dependence; fit more rows if there are few.";
            default -> "Fit with method=auto: " + method + " keeps no dependence between columns.";
        };
    }

    private List<Verdict.Suggestion> betterFits() {
        return switch (method) {
            case "trees" -> List.of(Verdict.Suggestion.open(CONSTRAINT));
            case "gaussian_copula" -> List.of(Verdict.Suggestion.of(METHOD, "trees"));
            default -> List.of(Verdict.Suggestion.of(METHOD, "auto"));
        };
    }

    private void columns() {
        List<ColumnScore> below = report.columns().stream().filter(column -> column.ceiling() - column.score() > SHAPE)
                .sorted(Comparator.comparing(column -> column.score() - column.ceiling())).toList();
        if (below.isEmpty() && !report.columns().isEmpty()) {
            good.add("The distribution of every column is within " + number(SHAPE) + " of what real rows reach.");
        }
        below.stream().limit(MAX_NAMED).forEach(column -> noticed.add(new Verdict.Remark("The distribution of " + column.name()
                + " differs: " + number(column.score()) + " of " + number(column.ceiling()) + ".",
                "If it is read wrongly, pass type." + column.name() + "=; otherwise fit rows of the same kind and period.",
                List.of(Verdict.Suggestion.open(TYPE + column.name())))));
        report.columns().stream().filter(column -> 1 - column.missingSimilarity() > MISSING).limit(MAX_NAMED)
                .forEach(column -> noticed.add(new Verdict.Remark("The share of missing values of " + column.name()
                        + " differs by " + number(1 - column.missingSimilarity()) + ".",
                        "Check missing=, the list of texts that mean that a value is missing.",
                        List.of(Verdict.Suggestion.open("missing")))));
        report.columns().stream().filter(column -> 1 - column.adherence() > ADHERENCE).limit(MAX_NAMED)
                .forEach(column -> noticed.add(new Verdict.Remark(number(1 - column.adherence()) + " of the drawn values of "
                        + column.name() + " are none that the hold-out has, or are beyond its range.",
                        "If they are rare values of the training rows, take a larger hold-out; otherwise declare the bound "
                                + "with constraint=.",
                        List.of(Verdict.Suggestion.open(CONSTRAINT)))));
    }

    private void pairs() {
        List<PairScore> below = report.pairs().stream().filter(pair -> pair.ceiling() - pair.score() > TREND)
                .sorted(Comparator.comparing(pair -> pair.score() - pair.ceiling())).toList();
        if (below.isEmpty()) {
            if (!report.pairs().isEmpty()) {
                good.add("Every pair of columns is within " + number(TREND) + " of what real rows reach.");
            }
            return;
        }
        String named = below.stream().limit(MAX_NAMED).map(pair -> pair.first() + " and " + pair.second() + " ("
                + number(pair.score()) + " of " + number(pair.ceiling()) + ")").collect(Collectors.joining("; "));
        noticed.add(new Verdict.Remark(below.size() + " of " + report.pairs().size()
                + " pairs of columns go together in another way than in real rows, most of all " + named + ".", better(),
                betterFits()));
    }

    private static boolean isBroken(TextScore text) {
        return text.formCeiling() - text.form() > FORM;
    }

    private void text(TextScore text) {
        if (isBroken(text)) {
            noticed.add(new Verdict.Remark(number(1 - text.form()) + " of the drawn values of " + text.name()
                    + " have a form that no real value has.",
                    "Pass type." + text.name()
                            + "=categorical if its values may recur, or type." + text.name()
                            + "=identifier if they are keys.",
                    List.of(Verdict.Suggestion.of(TYPE + text.name(), "categorical"),
                            Verdict.Suggestion.of(TYPE + text.name(), "identifier"))));
        } else {
            good.add("The texts of " + text.name() + " have the form of real ones.");
        }
        if (text.realDistinct() - text.distinct() > SHAPE) {
            noticed.add(new Verdict.Remark("Values of " + text.name() + " recur: " + number(text.distinct())
                    + " of the drawn ones are unique, " + number(text.realDistinct()) + " of the real ones.",
                    "Pass constraint=unique " + text.name() + " if it is a key.",
                    List.of(Verdict.Suggestion.of(CONSTRAINT, "unique " + text.name()))));
        }
        if (text.words() < .5) {
            noticed.add(new Verdict.Remark("The words of " + text.name() + " are made up: " + number(text.words())
                    + " of them are real.",
                    "That keeps texts private; type." + text.name() + "=categorical draws real texts.",
                    List.of(Verdict.Suggestion.of(TYPE + text.name(), "categorical"))));
        }
        double floor = Double.isNaN(text.copiedFloor()) ? 0 : text.copiedFloor();
        if (text.copied() - floor > COPIES) {
            noticed.add(new Verdict.Remark(number(text.copied()) + " of the drawn texts of " + text.name() + " are real ones.",
                    "Its form has room for few texts: leave the column out if its values are personal.",
                    List.of()));
        }
    }

    private void privacy() {
        PrivacyScores privacy = report.privacy();
        if (Double.isNaN(privacy.closer())) {
            return;
        }
        boolean close = privacy.closer() - Math.max(.5, privacy.closerFloor()) > CLOSER;
        boolean copied = privacy.copies() - privacy.copiesFloor() > COPIES;
        if (close || copied) {
            noticed.add(new Verdict.Remark("Drawn rows are close to the rows that the model was fitted to: "
                    + number(privacy.closer()) + " are closer to them than to the hold-out (" + number(privacy.closerFloor())
                    + " of the hold-out rows are), and " + number(privacy.copies()) + " are copies ("
                    + number(privacy.copiesFloor()) + ").", "Fit more rows, or fit with method=gaussian_copula.",
                    List.of(Verdict.Suggestion.of(METHOD, "gaussian_copula"))));
        } else {
            good.add(
                    "Drawn rows are no closer to the training rows than to the hold-out, and no more often copies of them than "
                            + "real rows are.");
        }
    }

    private void usefulness() {
        report.usefulness().ifPresent(useful -> {
            if (!useful.isJudged()) {
                noticed.add(new Verdict.Remark(fewRareValues(useful), "Take a larger hold-out, with more of these rows.",
                        List.of()));
                return;
            }
            String scores = useful.metric() + " " + number(useful.synthetic()) + " on real rows, against "
                    + number(useful.real()) + " when real rows are learned from.";
            if (useful.real() - useful.synthetic() > USEFUL) {
                noticed.add(new Verdict.Remark("Predicting " + useful.target() + " from drawn rows is worse: " + scores,
                        better(), betterFits()));
            } else {
                good.add("Drawn rows serve to predict " + useful.target() + ": " + scores);
            }
        });
    }

    private static String fewRareValues(UsefulnessScore useful) {
        int tested = useful.rare().map(UsefulnessScore.Rare::tested).orElse(0);
        return "How well " + useful.target() + " can be predicted is not judged: only " + tested
                + " of the real rows that test it "
                + (tested == 1 ? "has" : "have") + " another value than the most frequent one.";
    }

    private void sizes() {
        QualityReport.Sizes sizes = report.sizes();
        if (Math.min(sizes.real(), sizes.synthetic()) < FEW_ROWS) {
            noticed.add(new Verdict.Remark("Scores are uncertain by some hundredths, because a table has fewer than "
                    + FEW_ROWS + " rows.", "Take a larger hold-out, or pass a larger rows=.", List.of()));
        } else if (sizes.synthetic() * 2 < sizes.real()) {
            noticed.add(new Verdict.Remark("Fewer rows were drawn than the hold-out has, which lowers the scores by chance.",
                    "Leave rows= out.", List.of()));
        }
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}
