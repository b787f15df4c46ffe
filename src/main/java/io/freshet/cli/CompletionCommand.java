package io.freshet.cli;

import java.io.IOException;
import java.util.List;

import picocli.AutoComplete;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** Writes the script that completes commands and options in bash or zsh. */
final class CompletionCommand implements Command {

    private static final String BASH = "bash";
    private static final String ZSH = "zsh";

    private final Cli cli;

    CompletionCommand(Cli cli) {
        this.cli = cli;
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = Options.command("completion", "Write the script that completes commands in bash or zsh.",
                "  source <(freshet completion)", "  freshet completion > /etc/bash_completion.d/freshet",
                "  freshet completion zsh > /usr/local/share/zsh/site-functions/_freshet");
        spec.addPositional(PositionalParamSpec.builder().index("0").paramLabel("SHELL").type(String.class).required(false)
                .arity("0..1").completionCandidates(List.of(BASH, ZSH)).description("bash (default) or zsh").build());
        return spec;
    }

    @Override
    public ExitCode run(ParseResult options, Terminal terminal) throws IOException {
        String shell = options.matchedPositionalValue(0, BASH);
        terminal.print(switch (shell) {
            case BASH -> AutoComplete.bash(Cli.NAME, cli.commandLine());
            case ZSH -> ZshCompletion.of(cli.commandLine().getCommandSpec());
            default -> throw new CommandException(ExitCode.USAGE,
                    "there is no completion for " + shell + "; use " + BASH + " or " + ZSH);
        });
        return ExitCode.DONE;
    }
}
