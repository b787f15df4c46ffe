package io.freshet.cli;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** Prints the manual page of all commands, made from their specifications, in the language of {@code man}. */
final class ManCommand implements Command {

    private final Cli cli;
    private final StringBuilder page = new StringBuilder();

    ManCommand(Cli cli) {
        this.cli = cli;
    }

    @Override
    public CommandSpec spec() {
        return Options.command("man", "Print the manual page.", "  freshet man | man -l -",
                "  freshet man > /usr/local/share/man/man1/freshet.1");
    }

    @Override
    public ExitCode run(ParseResult options, Terminal terminal) throws IOException {
        page.setLength(0);
        CommandSpec root = cli.commandLine().getCommandSpec();
        page.append(".TH ").append(Cli.NAME.toUpperCase(Locale.ROOT)).append(" 1\n");
        section("NAME", Cli.NAME + " \\- " + text(root.usageMessage().description()[0]));
        section("SYNOPSIS", ".B " + Cli.NAME + "\n[COMMAND] [OPTIONS]");
        section("DESCRIPTION", text(String.join(" ", root.usageMessage().description())));
        page.append(".SH COMMANDS\n");
        root.subcommands().values().forEach(this::command);
        page.append(".SH EXIT STATUS\n");
        root.usageMessage().exitCodeList().forEach(this::item);
        terminal.print(page.toString().stripTrailing());
        return ExitCode.DONE;
    }

    private void section(String title, String content) {
        page.append(".SH ").append(title).append('\n').append(content).append('\n');
    }

    private void command(CommandLine line) {
        CommandSpec spec = line.getCommandSpec();
        page.append(".SS ").append(Cli.NAME).append(' ').append(spec.name());
        spec.positionalParameters().forEach(argument -> page.append(' ').append(text(argument.paramLabel())));
        page.append('\n').append(text(String.join(" ", spec.usageMessage().description()))).append('\n');
        for (PositionalParamSpec argument : spec.positionalParameters()) {
            item(argument.paramLabel(), String.join(" ", argument.description()));
        }
        for (OptionSpec option : spec.options()) {
            String label = option.arity().max() == 0 ? "" : " " + option.paramLabel();
            item(String.join(", ", option.names()) + label, String.join(" ", option.description()));
        }
        examples(List.of(spec.usageMessage().footer()));
    }

    private void examples(List<String> lines) {
        if (!lines.isEmpty()) {
            page.append(".PP\nExamples:\n.nf\n");
            lines.forEach(example -> page.append(text(example)).append('\n'));
            page.append(".fi\n");
        }
    }

    private void item(String label, String meaning) {
        page.append(".TP\n.B ").append(text(label)).append('\n').append(text(meaning)).append('\n');
    }

    /** Escapes what is a command of the language. */
    private static String text(String plain) {
        String escaped = plain.replace("\\", "\\e").replace("-", "\\-");
        return escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" + escaped : escaped;
    }
}
