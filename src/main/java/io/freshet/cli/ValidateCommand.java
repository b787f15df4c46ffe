package io.freshet.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;

import io.freshet.stream.definition.DefinitionException;
import io.freshet.stream.definition.DefinitionReader;
import io.freshet.stream.definition.StreamDefinition;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** Checks definitions of streams without starting them. */
final class ValidateCommand implements Command {

    @Override
    public CommandSpec spec() {
        CommandSpec spec = Options.command("validate", "Check definitions of streams without starting them.",
                "  freshet validate stream.yaml", "  freshet validate streams/*.yaml");
        spec.addPositional(PositionalParamSpec.builder().index("0..*").paramLabel("FILE").type(List.class)
                .auxiliaryTypes(String.class).arity("1..*").required(true)
                .description("YAML or JSON files, each with one or more definitions, or - for the standard input").build());
        return spec;
    }

    @Override
    public ExitCode run(ParseResult options, Terminal terminal) throws IOException {
        List<String> files = options.matchedPositionalValue(0, List.<String> of());
        boolean valid = true;
        for (String file : files) {
            valid &= check(file, text(file, terminal), terminal);
        }
        return valid ? ExitCode.DONE : ExitCode.INVALID;
    }

    static String text(String file, Terminal terminal) throws IOException {
        if (file.equals(TableArgument.STANDARD)) {
            return new String(terminal.in().readAllBytes(), StandardCharsets.UTF_8);
        }
        if (!Files.exists(Path.of(file))) {
            throw new CommandException(ExitCode.FILES, "there is no file " + file);
        }
        return Files.readString(Path.of(file));
    }

    private static boolean check(String file, String text, Terminal terminal) throws IOException {
        List<JsonNode> definitions;
        try {
            definitions = DefinitionReader.yaml(text);
        } catch (IOException e) {
            terminal.err().println(file + ": " + e.getMessage());
            return false;
        }
        boolean valid = true;
        for (JsonNode definition : definitions) {
            try {
                terminal.print(file + ": stream " + StreamDefinition.parse(definition).name() + " is valid");
            } catch (DefinitionException e) {
                terminal.err().println(file + ": " + e.getMessage());
                valid = false;
            }
        }
        return valid;
    }
}
