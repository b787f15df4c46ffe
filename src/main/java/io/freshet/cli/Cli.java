package io.freshet.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.freshet.retail.RetailException;
import io.freshet.table.TableException;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command-line interface. Commands run in this process, without a server. */
public final class Cli {

    static final String NAME = "freshet";
    /** The command that starts the service. It is the default. */
    public static final String SERVE = "serve";

    private final Terminal terminal;
    private final Map<String, Command> commands = new LinkedHashMap<>();

    Cli(Terminal terminal, StreamRunner runner) {
        this.terminal = terminal;
        commands.put("fit", new FitCommand());
        commands.put("declare", new DeclareCommand());
        commands.put("sample", new SampleCommand());
        commands.put("like", new LikeCommand());
        commands.put("evaluate", new EvaluateCommand());
        commands.put("inspect", new InspectCommand());
        commands.put("run", new RunCommand(runner));
        commands.put("validate", new ValidateCommand());
        commands.put("retail", new RetailCommand());
        commands.put("completion", new CompletionCommand(this));
        commands.put("man", new ManCommand(this));
    }

    /** Returns whether the arguments of the process name a command other than starting the service. */
    public static boolean isCommand(List<String> arguments) {
        return !arguments.isEmpty() && !arguments.get(0).equals(SERVE) && !arguments.get(0).startsWith("-D");
    }

    /**
     * Carries out a command and returns the exit code of the process.
     *
     * @param runner runs streams
     */
    public static int run(StreamRunner runner, String... arguments) {
        return new Cli(Terminal.ofProcess(System.getenv()), runner).run(arguments).number();
    }

    ExitCode run(String... arguments) {
        try {
            return run(commandLine().parseArgs(arguments));
        } catch (ParameterException e) {
            return usage(e);
        } catch (CommandException e) {
            return failed(e.code(), String.valueOf(e.getMessage()));
        } catch (TableException | RetailException e) {
            return failed(ExitCode.INVALID, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return String.valueOf(e.getMessage()).contains("Broken pipe") ? ExitCode.CLOSED
                    : failed(ExitCode.FILES, reason(e));
        } catch (OutOfMemoryError e) {
            return failed(ExitCode.INVALID, "the table does not fit into the memory; allow more with -Xmx");
        }
    }

    private ExitCode run(ParseResult parsed) throws IOException {
        List<CommandLine> chain = parsed.asCommandLineList();
        CommandLine last = chain.get(chain.size() - 1);
        if (last.isUsageHelpRequested() || chain.size() == 1 && !last.isVersionHelpRequested()) {
            help(last);
            return ExitCode.DONE;
        }
        if (last.isVersionHelpRequested()) {
            terminal.print(NAME + " " + version());
            return ExitCode.DONE;
        }
        ParseResult own = last.getParseResult();
        Command command = commands.get(last.getCommandName());
        if (command == null) {
            throw new CommandException(ExitCode.USAGE, last.getCommandName() + " must be the first word");
        }
        return command.run(own, terminal);
    }

    private static String version() {
        String version = Cli.class.getPackage().getImplementationVersion();
        return version == null ? "0.1.0-SNAPSHOT" : version;
    }

    private void help(CommandLine command) {
        PrintWriter writer = new PrintWriter(terminal.out(), false, StandardCharsets.UTF_8);
        command.usage(writer, command.getColorScheme());
        writer.flush();
    }

    private ExitCode usage(ParameterException e) {
        String name = e.getCommandLine().getCommandSpec().qualifiedName();
        StringBuilder hint = new StringBuilder();
        if (e instanceof UnmatchedArgumentException unmatched) {
            List<String> near = unmatched.getSuggestions();
            hint.append(near.isEmpty() ? "" : "; did you mean " + near.get(0) + "?");
        }
        return failed(ExitCode.USAGE, e.getMessage() + hint + "; see " + name + " --help");
    }

    private ExitCode failed(ExitCode code, String message) {
        terminal.err().println(NAME + ": " + message.strip().replaceAll("\\s*\\R\\s*", " "));
        return code;
    }

    private static String reason(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "there is no file or folder " + e.getMessage();
        }
        return e instanceof AccessDeniedException ? "access to " + e.getMessage() + " is denied"
                : String.valueOf(e.getMessage());
    }

    CommandLine commandLine() {
        CommandSpec root = Options.command(NAME, "Learns tables and streams, and makes synthetic data like them.",
                "  freshet like customers.csv -n 1000", "  freshet fit customers.csv",
                "  freshet sample customers.model.json -n 1000000 -o out.parquet");
        root.usageMessage().description("Learns tables and streams, and makes synthetic data like them.",
                "Without a command, the service starts.");
        root.usageMessage().synopsisHeading("Usage: ").customSynopsis(NAME + " [COMMAND] [OPTIONS]");
        root.addOption(OptionSpec.builder("-V", "--version").versionHelp(true).type(boolean.class).arity("0")
                .description("show the version").build());
        root.usageMessage().exitCodeListHeading("%nExit codes:%n").exitCodeList(exitCodes());
        commands.forEach((name, command) -> root.addSubcommand(name, command.spec()));
        root.addSubcommand(SERVE, Options.command(SERVE, "Start the service, as without a command."));
        CommandLine line = new CommandLine(root);
        line.setColorScheme(Help.defaultColorScheme(terminal.colours() ? Help.Ansi.ON : Help.Ansi.OFF));
        line.setUsageHelpWidth(Math.min(120, terminal.width()));
        return line;
    }

    private static Map<String, String> exitCodes() {
        Map<String, String> codes = new LinkedHashMap<>();
        codes.put("0", "the command did what it was asked to do");
        codes.put("1", "a table, model or definition is not valid");
        codes.put("2", "the command line is wrong");
        codes.put("3", "a file cannot be read or written");
        codes.put("4", "a score is below --at-least");
        codes.put("141", "the reader of the results has stopped reading");
        return codes;
    }
}
