package io.freshet.cli;

import java.io.IOException;

import io.freshet.model.SynthesisMethod;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Draws rows like those of a table, without keeping a model. */
final class LikeCommand implements Command {

    @Override
    public CommandSpec spec() {
        CommandSpec spec = Options.command("like", "Draw rows like those of a table, without keeping a model.",
                "  freshet like customers.csv -n 1000", "  freshet like customers.csv -n 1000 --method auto -o more.parquet",
                "  freshet like - -f csv < customers.csv");
        spec.addPositional(Options.argument("TABLE", "0", Fitting.TABLE));
        RowOutput.addTo(spec);
        Fitting.addTo(spec, SynthesisMethod.TREES);
        return spec;
    }

    @Override
    public ExitCode run(ParseResult options, Terminal terminal) throws IOException {
        RowOutput output = RowOutput.of(options);
        Fitting.Fit fit = Fitting.fit(Options.argument(options, 0), SynthesisMethod.TREES, options, terminal);
        output.write(fit.model(), terminal);
        Fitting.report(fit.notices(), terminal);
        return ExitCode.DONE;
    }
}
