package io.freshet.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;

import io.freshet.stream.definition.DefinitionException;
import io.freshet.stream.definition.DefinitionReader;
import io.freshet.stream.definition.StreamDefinition;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Runs streams to completion. */
final class RunCommand implements Command {

    private final StreamRunner runner;

    RunCommand(StreamRunner runner) {
        this.runner = runner;
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = Options.command("run", "Run streams until they are done. No server is started.",
                "  freshet run stream.yaml", "  freshet run stream.yaml --model customers=customers.model.json --folder out",
                "  freshet run stream.yaml --dry-run");
        spec.addPositional(Options.argument("FILE", "0", "a YAML or JSON file with definitions, or - for the standard input"));
        spec.addOption(Options.flag("only check the definitions", "--dry-run"));
        spec.addOption(Options.pairs("NAME=FILE", "the file of a model that a stream uses; may be repeated", "--model"));
        spec.addOption(Options.text("FOLDER", "where file sinks write (default: the current folder)", "--folder"));
        return spec;
    }

    @Override
    public ExitCode run(ParseResult options, Terminal terminal) throws IOException {
        String file = Options.argument(options, 0);
        List<JsonNode> definitions = definitions(file, ValidateCommand.text(file, terminal));
        Map<String, Path> models = new HashMap<>();
        Options.pairs(options, "--model").forEach((name, path) -> models.put(name, existing(path)));
        if (options.hasMatchedOption("--dry-run")) {
            terminal.print(definitions.size() + (definitions.size() == 1 ? " stream is valid" : " streams are valid"));
        } else {
            runner.run(new RunRequest(definitions, models, Path.of(Options.text(options, "--folder", "."))));
        }
        return ExitCode.DONE;
    }

    private static List<JsonNode> definitions(String file, String text) {
        try {
            List<JsonNode> definitions = new ArrayList<>();
            for (JsonNode definition : DefinitionReader.yaml(text)) {
                StreamDefinition.parse(definition);
                definitions.add(definition);
            }
            return definitions;
        } catch (IOException | DefinitionException e) {
            throw new CommandException(ExitCode.INVALID, file + ": " + e.getMessage());
        }
    }

    private static Path existing(String name) {
        Path path = Path.of(name);
        if (!Files.exists(path)) {
            throw new CommandException(ExitCode.FILES, "there is no file " + name);
        }
        return path;
    }
}
