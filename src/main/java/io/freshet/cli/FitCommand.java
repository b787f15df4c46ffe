package io.freshet.cli;

import java.io.IOException;

import io.freshet.codec.TextCompression;
import io.freshet.model.SynthesisMethod;
import io.freshet.model.file.ModelFile;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Fits a model to a table and writes it as a file. */
final class FitCommand implements Command {

    @Override
    public CommandSpec spec() {
        CommandSpec spec = Options.command("fit", "Fit a model to a table.", "  freshet fit customers.csv",
                "  freshet fit customers.csv --method ctgan --epochs 30",
                "  freshet fit orders.parquet --columns id,total -o orders.model.json",
                "  zcat log.ndjson.gz | freshet fit - --input-format ndjson -o - > log.model.json");
        spec.addPositional(Options.argument("TABLE", "0", Fitting.TABLE));
        spec.addOption(Options.text("FILE", "where the model goes (default: TABLE.model.json; - is the standard output)", "-o",
                "--output"));
        Fitting.addTo(spec, SynthesisMethod.AUTO);
        TrainingOptions.addTo(spec);
        return spec;
    }

    @Override
    public ExitCode run(ParseResult options, Terminal terminal) throws IOException {
        String table = Options.argument(options, 0);
        Fitting.Fit fit = Fitting.fit(table, SynthesisMethod.AUTO, options, terminal);
        String target = Options.text(options, "-o", defaultTarget(table));
        FileTarget.write(target, terminal, out -> ModelFile.write(fit.model(), out));
        Fitting.report(fit.notices(), terminal);
        if (!target.equals(TableArgument.STANDARD)) {
            terminal.err().printf("%s: %d columns of %,d rows (%s)%n", target, fit.model().schema().size(),
                    fit.model().fittedRows(), fit.model().method().id());
        }
        return ExitCode.DONE;
    }

    private static String defaultTarget(String table) {
        if (table.equals(TableArgument.STANDARD)) {
            return TableArgument.STANDARD;
        }
        if (table.startsWith(ConfiguredTable.PREFIX)) {
            return table.substring(ConfiguredTable.PREFIX.length()) + ".model.json";
        }
        String name = TextCompression.withoutEnding(table);
        int ending = name.lastIndexOf('.');
        return (ending > name.lastIndexOf('/') ? name.substring(0, ending) : name) + ".model.json";
    }
}
