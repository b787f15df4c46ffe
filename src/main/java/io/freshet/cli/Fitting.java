package io.freshet.cli;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.freshet.model.Constraint;
import io.freshet.model.ConstraintException;
import io.freshet.model.FitOptions;
import io.freshet.model.FittedModel;
import io.freshet.model.ModelFileException;
import io.freshet.model.SynthesisMethod;
import io.freshet.model.SynthesisModel;
import io.freshet.model.TextOptions;
import io.freshet.model.file.ModelFile;
import io.freshet.model.fit.FitNotices;
import io.freshet.model.fit.ModelFitter;
import io.freshet.model.privacy.PrivacyOptions;
import io.freshet.model.privacy.PrivateFitter;
import io.freshet.table.Notice;
import io.freshet.table.TableSample;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Fits models to tables, and reads models, with the options of a command. */
final class Fitting {

    static final String TARGET = "--target";

    /** Describes the table that a command reads. */
    static final String TABLE = "a CSV, NDJSON, JSON, Parquet or Excel file, - for the standard input, or table:NAME for a"
            + " configured table of a database";

    /** A query parameter of one column. */
    private static final Pattern PER_COLUMN = Pattern.compile("\\b(type|format|meaning)\\.(\\S+=)");

    private Fitting() {
    }

    static void addTo(CommandSpec spec, SynthesisMethod method) {
        spec.addOption(
                Options.text("METHOD", "auto, trees, gaussian_copula, independent, ctgan or, with --epsilon, mst (default: "
                        + method.id() + ")", "-m", "--method"));
        spec.addOption(Options.list("RULE", "what holds in every row, such as \"a <= b\"; may be repeated", "--constraint"));
        RelationArguments.addTo(spec);
        spec.addOption(
                Options.text("COLUMN", "the column that matters most, such as what is predicted: what the others show about "
                        + "each of its values is kept, however rare", TARGET));
        spec.addOption(Options.pairs("COLUMN=MEANING", "what the texts of a column mean, such as email, or none", "--meaning"));
        spec.addOption(Options.flag("identifiers that are a sequence continue after the last one of the table", "--continue"));
        PrivacyArguments.addTo(spec);
        TableArgument.addTo(spec);
    }

    /** A model, with notices about its limits for the owner of the table. */
    record Fit(SynthesisModel model, List<Notice> notices) {
    }

    static Fit fit(String table, SynthesisMethod otherwise, ParseResult given, Terminal terminal) throws IOException {
        String method = Options.text(given, "-m", otherwise.id());
        SynthesisMethod known = SynthesisMethod.find(method).orElseThrow(() -> new CommandException(ExitCode.USAGE,
                "there is no method " + method + "; use " + SynthesisMethod.ids()));
        Optional<PrivacyOptions> privacy = PrivacyArguments.options(given);
        if (privacy.isPresent()) {
            return privately(table, privacy.get(), known, given, terminal);
        }
        List<String> rules = Options.list(given, "--constraint");
        try {
            TextOptions texts = TextOptions.of(given.hasMatchedOption("--continue"), Options.pairs(given, "--meaning"));
            TableSample sample = TableArgument.read(table, given, texts.reading(TableArgument.options(given)), terminal);
            FittedModel fitted = ModelFitter.fitted(sample, known,
                    new FitOptions(true, rules.stream().map(Constraint::parse).toList(), RelationArguments.options(given))
                            .withTarget(Optional.ofNullable(Options.text(given, TARGET))).withTexts(texts)
                            .withTraining(TrainingOptions.of(given), TrainingOptions.monitor(terminal)));
            return new Fit(fitted.model(), FitNotices.of(sample, fitted));
        } catch (ConstraintException e) {
            throw new CommandException(ExitCode.INVALID, String.valueOf(e.getMessage()));
        }
    }

    /** Fits without notices, which would disclose what is not paid for. */
    private static Fit privately(String table, PrivacyOptions options, SynthesisMethod method, ParseResult given,
            Terminal terminal) throws IOException {
        boolean chosen = given.hasMatchedOption("-m") && method != SynthesisMethod.AUTO;
        if (chosen && method != SynthesisMethod.MST || given.hasMatchedOption("--constraint")
                || given.hasMatchedOption(TARGET) || RelationArguments.areGiven(given)) {
            throw new CommandException(ExitCode.USAGE,
                    "--epsilon can be combined with no method but mst, and with no constraint, relation or target");
        }
        TableSample sample = TableArgument.read(table, given, TableArgument.options(given).asTexts(), terminal);
        return new Fit(PrivateFitter.fit(sample, options, Optional.empty()), List.of());
    }

    /** Writes notices to the standard error, one per line, with options in place of query parameters. */
    static void report(List<Notice> notices, Terminal terminal) {
        for (Notice notice : notices) {
            terminal.err().println("note: " + (notice.column() == null ? "" : notice.column() + ": ")
                    + asOptions(notice.message()));
        }
    }

    /** Returns a text with the options of commands in place of the query parameters that it names. */
    static String asOptions(String text) {
        String options = PER_COLUMN.matcher(text).replaceAll(match -> "--"
                + (match.group(1).equals("format") ? "date" : match.group(1)) + " " + Matcher.quoteReplacement(match.group(2)));
        return options.replace(" -relation=", " --without-relation ").replace("relations=none", "--relations none");
    }

    /** Reads a model file. */
    static SynthesisModel model(String name, Terminal terminal) throws IOException {
        if (name.equals(TableArgument.STANDARD)) {
            return model(terminal.in(), name);
        }
        Path path = Path.of(name);
        if (!Files.exists(path)) {
            throw new CommandException(ExitCode.FILES, "there is no file " + name);
        }
        try (InputStream in = new BufferedInputStream(Files.newInputStream(path), 1 << 16)) {
            return model(in, name);
        }
    }

    private static SynthesisModel model(InputStream in, String name) throws IOException {
        try {
            return ModelFile.read(in);
        } catch (ModelFileException e) {
            boolean table = !name.toLowerCase(Locale.ROOT).endsWith(".json");
            throw new CommandException(ExitCode.INVALID, name + " is not a model: " + e.getMessage()
                    + (table ? "; for a table, use freshet like" : ""));
        }
    }
}
