package io.freshet.cli;

import java.io.IOException;
import java.util.Locale;
import java.util.Optional;

import io.freshet.model.Conditions;
import io.freshet.model.RowGenerator;
import io.freshet.model.SynthesisModel;
import io.freshet.model.fit.TargetColumn;
import io.freshet.model.report.ComparedRows;
import io.freshet.score.ColumnScore;
import io.freshet.score.Evaluation;
import io.freshet.score.PrivacyScores;
import io.freshet.score.QualityReport;
import io.freshet.score.Verdict;
import io.freshet.table.ReadOptions;
import io.freshet.table.RowBatch;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** Scores a model against real rows. */
final class EvaluateCommand implements Command {

    private static final int MAX_ROWS = 100_000;

    @Override
    public CommandSpec spec() {
        CommandSpec spec = Options.command("evaluate", "Score a model against real rows that it has not seen.",
                "  freshet evaluate customers.model.json holdout.csv",
                "  freshet evaluate payments.model.json holdout.csv --target fraud",
                "  freshet evaluate customers.model.json holdout.csv --training customers.csv --at-least 0.9");
        spec.addPositional(Options.argument("MODEL", "0", "a model file"));
        spec.addPositional(Options.argument("HOLDOUT", "1", "a table with real rows, or - for the standard input"));
        spec.addOption(Options.text("TABLE", "the rows that the model was fitted to, for the score of overfitting",
                "--training"));
        spec.addOption(Options.number("ROWS", "how many synthetic rows (default: as many as there are real ones)", "--rows"));
        spec.addOption(Options.text("COLUMN", "a column to predict, to find out how useful the rows are", Fitting.TARGET));
        spec.addOption(Options.number("NUMBER", "the same seed gives the same scores (default: 1)", "-s", "--seed"));
        spec.addOption(OptionSpec.builder("--at-least").paramLabel("SCORE").type(Double.class)
                .description("exit with code " + ExitCode.BELOW.number() + " if the overall quality is below").build());
        TableArgument.addTo(spec);
        return spec;
    }

    @Override
    public ExitCode run(ParseResult options, Terminal terminal) throws IOException {
        SynthesisModel model = Fitting.model(Options.argument(options, 0), terminal);
        RowBatch real = read(Options.argument(options, 1), options, model, terminal);
        Optional<RowBatch> training = options.hasMatchedOption("--training")
                ? Optional.of(read(Options.text(options, "--training", ""), options, model, terminal))
                : Optional.empty();
        long seed = Options.number(options, "--seed", 1);
        int rows = (int) Math.max(1, Math.min(MAX_ROWS, Options.number(options, "--rows", real.size())));
        RowGenerator generator = model.generator(seed, Conditions.none());
        RowBatch synthetic = generator.newBatch(rows);
        generator.fill(synthetic, 0, rows);
        QualityReport report = Evaluation.compare(real, synthetic, training, target(options, model), seed);
        print(report.verdict(model.method().id()), terminal);
        print(report, terminal);
        double min = options.matchedOptionValue("--at-least", 0.0);
        return report.overall() < min ? ExitCode.BELOW : ExitCode.DONE;
    }

    private static Optional<String> target(ParseResult options, SynthesisModel model) {
        String target = Options.text(options, Fitting.TARGET);
        if (target != null && !TargetColumn.allowed(model.schema()).contains(target)) {
            throw new CommandException(ExitCode.INVALID, TargetColumn.problem(model.schema(), target));
        }
        return Optional.ofNullable(target);
    }

    private static void print(Verdict verdict, Terminal terminal) throws IOException {
        terminal.print(verdict.summary());
        for (Verdict.Remark remark : verdict.noticed()) {
            terminal.print(("- " + remark.text() + " " + Fitting.asOptions(remark.advice())).trim());
        }
        terminal.print("");
    }

    private static RowBatch read(String table, ParseResult given, SynthesisModel model, Terminal terminal)
            throws IOException {
        ReadOptions options = ComparedRows.options(model, TableArgument.options(given));
        return TableArgument.read(table, given, options, terminal).rows();
    }

    private static void print(QualityReport report, Terminal terminal) throws IOException {
        TextTable table = new TextTable("SCORE", "VALUE", "REAL ROWS");
        report.detection()
                .ifPresent(found -> table.add("detection (AUC, 0.5 is best)", score(found.auc()), score(found.ceiling())));
        report.usefulness().ifPresent(useful -> table.add("usefulness for " + useful.target() + " (" + useful.metric() + ")",
                score(useful.synthetic()), score(useful.real())));
        table.add("overall quality", score(report.overall()), score(report.overallCeiling()));
        table.add("column shapes", score(report.columnShapes()), score(report.columnShapesCeiling()));
        table.add("column pair trends", score(report.columnPairTrends()), score(report.columnPairTrendsCeiling()));
        PrivacyScores privacy = report.privacy();
        table.add("closer to training rows (0.5 is best)", score(privacy.closer()), score(privacy.closerFloor()));
        table.add("copies of training rows", score(privacy.copies()), score(privacy.copiesFloor()));
        table.add("new rows", score(privacy.newRows()), "");
        table.add("baseline protection", score(privacy.baselineProtection()), "");
        table.add("overfitting protection", score(privacy.overfittingProtection()), "");
        table.add("membership attack", score(privacy.membership()), "");
        table.print(terminal);
        terminal.print("");
        TextTable columns = new TextTable("COLUMN", "METRIC", "VALUE", "CEILING");
        for (ColumnScore column : report.columns()) {
            columns.add(column.name(), column.metric(), score(column.score()), score(column.ceiling()));
        }
        columns.print(terminal);
    }

    private static String score(double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.4f", value);
    }
}
