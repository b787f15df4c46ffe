package io.freshet.cli;

import java.io.IOException;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Draws rows from a model. */
final class SampleCommand implements Command {

    @Override
    public CommandSpec spec() {
        CommandSpec spec = Options.command("sample", "Draw rows from a model.",
                "  freshet sample customers.model.json -n 1000000 -o out.parquet",
                "  freshet sample customers.model.json -n 10 -f csv", "  freshet sample - -n 5 < customers.model.json");
        spec.addPositional(Options.argument("MODEL", "0", "a model file, or - for the standard input"));
        RowOutput.addTo(spec);
        return spec;
    }

    @Override
    public ExitCode run(ParseResult options, Terminal terminal) throws IOException {
        RowOutput output = RowOutput.of(options);
        output.write(Fitting.model(Options.argument(options, 0), terminal), terminal);
        return ExitCode.DONE;
    }
}
