package io.freshet.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.freshet.model.ColumnSummary;
import io.freshet.model.SynthesisMethod;
import io.freshet.model.SynthesisModel;
import io.freshet.model.file.ModelFile;
import io.freshet.model.privacy.PrivateModel;
import io.freshet.model.report.ModelSummary;
import io.freshet.table.Notice;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Shows the columns of a model or a table. */
final class InspectCommand implements Command {

    private static final int SHARES_SHOWN = 6;
    private static final String MODEL = ".model.json";
    /** The bytes at the beginning of a model file that name its format. */
    private static final int HEAD = 256;

    @Override
    public CommandSpec spec() {
        CommandSpec spec = Options.command("inspect", "Show the columns of a model (NAME.model.json) or of a table.",
                "  freshet inspect customers.model.json", "  freshet inspect customers.csv");
        spec.addPositional(Options.argument("FILE", "0", "a model file or a table"));
        spec.addOption(Options.flag("FILE is a model, whatever its name", "--model"));
        Fitting.addTo(spec, SynthesisMethod.GAUSSIAN_COPULA);
        return spec;
    }

    @Override
    public ExitCode run(ParseResult options, Terminal terminal) throws IOException {
        String file = Options.argument(options, 0);
        boolean isModel = options.hasMatchedOption("--model") || file.toLowerCase(Locale.ROOT).endsWith(MODEL)
                || beginsAsModel(file);
        List<Notice> notices = List.of();
        SynthesisModel model;
        if (isModel) {
            model = Fitting.model(file, terminal);
        } else {
            Fitting.Fit fit = Fitting.fit(file, SynthesisMethod.GAUSSIAN_COPULA, options, terminal);
            model = fit.model();
            notices = fit.notices();
        }
        print(ModelSummary.of(model), terminal);
        if (model instanceof PrivateModel noisy) {
            terminal.print(String.format(Locale.ROOT, "privacy: epsilon %.4g, delta %.2g%s", noisy.ledger().epsilon(),
                    noisy.ledger().delta(), noisy.ledger().isSeeded() ? " (not private: the noise has a known seed)" : ""));
        }
        Fitting.report(notices, terminal);
        return ExitCode.DONE;
    }

    /** Returns whether a file has another name but begins as model files do. */
    private static boolean beginsAsModel(String file) throws IOException {
        if (!file.toLowerCase(Locale.ROOT).endsWith(".json") || !Files.isRegularFile(Path.of(file))) {
            return false;
        }
        try (InputStream in = Files.newInputStream(Path.of(file))) {
            return new String(in.readNBytes(HEAD), StandardCharsets.UTF_8).contains("\"" + ModelFile.FORMAT + "\"");
        }
    }

    private static void print(ModelSummary summary, Terminal terminal) throws IOException {
        terminal.print(String.format(Locale.ROOT, "%,d rows, %d columns, %s", summary.rows(), summary.columns().size(),
                summary.method()));
        TextTable table = new TextTable("COLUMN", "TYPE", "MISSING", "DISTINCT", "VALUES");
        for (ColumnSummary column : summary.columns()) {
            table.add(column.name(), column.type(), percent(column.missing()),
                    column.distinct() == null ? "" : String.valueOf(column.distinct()), values(column));
        }
        table.print(terminal);
        for (String constraint : summary.constraints()) {
            terminal.print("always: " + constraint);
        }
        for (ModelSummary.RelationSummary relation : summary.relations()) {
            terminal.print("relation: " + relation.relation() + (relation.rate() < 1
                    ? String.format(Locale.ROOT, " (in %.2f %% of rows)", 100 * relation.rate())
                    : ""));
        }
    }

    private static String percent(double share) {
        return share == 0 ? "" : String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    private static String values(ColumnSummary column) {
        @Nullable
        Map<String, Double> shares = column.shares();
        if (shares != null) {
            return shares.entrySet().stream().limit(SHARES_SHOWN)
                    .map(entry -> String.format(Locale.ROOT, "%s %.0f %%", entry.getKey(), 100 * entry.getValue()))
                    .collect(Collectors.joining(", ")) + (shares.size() > SHARES_SHOWN ? ", …" : "");
        }
        return column.least() == null ? "" : column.least() + " … " + column.greatest();
    }
}
