package io.freshet.cli;

import java.io.IOException;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** A command of the command-line interface. */
interface Command {

    /** Returns its name, options and help. */
    CommandSpec spec();

    /**
     * Runs the command.
     *
     * @throws CommandException if the command cannot be carried out
     */
    ExitCode run(ParseResult options, Terminal terminal) throws IOException;
}
