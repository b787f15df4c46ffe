package io.freshet.cli;

import java.io.IOException;

import picocli.AutoComplete;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Writes the script that completes commands and options in bash and zsh. */
final class CompletionCommand implements Command {

    private final Cli cli;

    CompletionCommand(Cli cli) {
        this.cli = cli;
    }

    @Override
    public CommandSpec spec() {
        return Options.command("completion", "Write the script that completes commands in bash and zsh.",
                "  source <(freshet completion)", "  freshet completion > /etc/bash_completion.d/freshet");
    }

    @Override
    public ExitCode run(ParseResult options, Terminal terminal) throws IOException {
        terminal.print(AutoComplete.bash(Cli.NAME, cli.commandLine()));
        return ExitCode.DONE;
    }
}
