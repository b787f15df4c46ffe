package io.freshet.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import io.freshet.model.declared.DeclarationException;
import io.freshet.model.declared.SchemaFormat;
import io.freshet.model.declared.SchemaImport;
import io.freshet.model.file.ModelFile;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Makes a model from a declaration or a schema, without data. */
final class DeclareCommand implements Command {

    @Override
    public CommandSpec spec() {
        CommandSpec spec = Options.command("declare", "Make a model from a schema or a declaration, without data.",
                "  freshet declare orders.avsc", "  freshet declare orders.yaml -o orders.model.json",
                "  freshet declare order.proto --yaml > order.yaml", "  freshet declare - --input-format json_schema < a.json");
        spec.addPositional(Options.argument("SCHEMA", "0",
                "a declaration (.yaml), or a schema (.avsc, .proto, .schema.json), or - for the standard input"));
        spec.addOption(Options.text("FILE", "where the model goes (default: SCHEMA.model.json; - is the standard output)", "-o",
                "--output"));
        spec.addOption(Options.text("FORMAT", "yaml, avro, protobuf or json_schema (default: by the ending of its name)",
                "--input-format"));
        spec.addOption(Options.flag("print the declaration as YAML, to be edited, instead of a model", "--yaml"));
        return spec;
    }

    @Override
    public ExitCode run(ParseResult options, Terminal terminal) throws IOException {
        String name = Options.argument(options, 0);
        SchemaFormat format = format(name, options);
        SchemaImport imported;
        try {
            imported = SchemaImport.of(format, text(name, terminal));
        } catch (DeclarationException e) {
            throw new CommandException(ExitCode.INVALID, name + ": " + e.getMessage());
        }
        boolean yaml = options.hasMatchedOption("--yaml");
        String model = name.equals(TableArgument.STANDARD) ? name : format.withoutEnding(name) + ".model.json";
        String target = Options.text(options, "-o", yaml ? TableArgument.STANDARD : model);
        FileTarget.write(target, terminal, out -> {
            if (yaml) {
                out.write(SchemaImport.yaml(imported.model()).getBytes(StandardCharsets.UTF_8));
            } else {
                ModelFile.write(imported.model(), out);
            }
        });
        Fitting.report(imported.notices(), terminal);
        if (!target.equals(TableArgument.STANDARD)) {
            terminal.err().printf("%s: %d columns (declared)%n", target, imported.model().schema().size());
        }
        return ExitCode.DONE;
    }

    private static SchemaFormat format(String name, ParseResult options) {
        if (options.hasMatchedOption("--input-format")) {
            String id = Options.text(options, "--input-format", "");
            return SchemaFormat.find(id).orElseThrow(() -> new CommandException(ExitCode.USAGE,
                    "there is no format " + id + "; use " + String.join(", ", SchemaFormat.ids())));
        }
        return SchemaFormat.ofFileName(name).orElseThrow(() -> new CommandException(ExitCode.USAGE, "the ending of " + name
                + " names no format; add --input-format " + String.join(", ", SchemaFormat.ids())));
    }

    private static String text(String name, Terminal terminal) throws IOException {
        if (name.equals(TableArgument.STANDARD)) {
            return new String(terminal.in().readAllBytes(), StandardCharsets.UTF_8);
        }
        Path path = Path.of(name);
        if (!Files.exists(path)) {
            throw new CommandException(ExitCode.FILES, "there is no file " + name);
        }
        return Files.readString(path);
    }
}
