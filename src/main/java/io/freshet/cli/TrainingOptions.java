package io.freshet.cli;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

import io.freshet.model.FitMonitor;
import io.freshet.model.FitProgress;
import io.freshet.model.GanOptions;
import io.freshet.model.gan.GanParameters;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** The options of a fit that trains for long, and its progress on the terminal. */
final class TrainingOptions {

    private static final Map<String, String> DESCRIPTIONS = Map.ofEntries(
            Map.entry("epochs", "ctgan: how often training sees the table (default: 300)"),
            Map.entry("batch_size", "ctgan: the rows of a step (default: 500)"),
            Map.entry("pac", "ctgan: the rows that the critic judges together (default: 10)"),
            Map.entry("embedding_dim", "ctgan: the random numbers of a row (default: 128)"),
            Map.entry("generator_dim", "ctgan: the widths of the generator's layers (default: 256,256)"),
            Map.entry("discriminator_dim", "ctgan: the widths of the critic's layers (default: 256,256)"),
            Map.entry("generator_lr", "ctgan: the generator's learning rate (default: 2e-4)"),
            Map.entry("discriminator_lr", "ctgan: the critic's learning rate (default: 2e-4)"),
            Map.entry("generator_decay", "ctgan: the generator's weight decay (default: 1e-6)"),
            Map.entry("discriminator_decay", "ctgan: the critic's weight decay (default: 1e-6)"),
            Map.entry("discriminator_steps", "ctgan: the critic's steps for each of the generator (default: 1)"),
            Map.entry(GanParameters.MAX_SECONDS, "ctgan: when training stops, whatever epochs are left"));

    private TrainingOptions() {
    }

    static void addTo(CommandSpec spec) {
        for (String name : GanParameters.NAMES) {
            String label = name.endsWith("_dim") && !name.startsWith("embedding") ? "N,N" : "N";
            spec.addOption(Options.text(label, Objects.requireNonNull(DESCRIPTIONS.get(name)), option(name)));
        }
        spec.addOption(Options.text("N", "ctgan: the seed of the training (default: 0)", option(GanParameters.SEED)));
    }

    private static String option(String name) {
        return "--" + name.replace('_', '-');
    }

    /** Reads the options of the command line, of a command that has them; others train by the defaults. */
    static GanOptions of(ParseResult given) {
        if (given.commandSpec().findOption(option(GanParameters.MAX_SECONDS)) == null) {
            return GanOptions.defaults();
        }
        Map<String, String> values = new HashMap<>();
        for (String name : GanParameters.NAMES) {
            values.computeIfAbsent(name, key -> given.matchedOptionValue(option(key), (String) null));
        }
        values.computeIfAbsent(GanParameters.SEED, key -> given.matchedOptionValue(option(key), (String) null));
        try {
            return GanParameters.parse(values);
        } catch (IllegalArgumentException e) {
            throw new CommandException(ExitCode.USAGE, String.valueOf(e.getMessage()));
        }
    }

    /** Returns a monitor that shows the progress on a terminal, and nothing elsewhere. */
    static FitMonitor monitor(Terminal terminal) {
        return progress -> {
            if (terminal.watched()) {
                terminal.err().print(text(progress));
                terminal.err().flush();
            }
        };
    }

    private static String text(FitProgress progress) {
        boolean complete = progress.epoch() >= progress.epochs();
        return Progress.CLEAR_LINE + (complete ? ""
                : String.format(Locale.ROOT, "epoch %,d of %,d, loss %.3f (critic %.3f), %d s left", progress.epoch(),
                        progress.epochs(), progress.generatorLoss(), progress.criticLoss(), progress.left().toSeconds()));
    }
}
