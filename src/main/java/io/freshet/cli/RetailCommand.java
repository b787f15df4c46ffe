package io.freshet.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

import io.freshet.event.JsonEventBuffer;
import io.freshet.retail.Chain;
import io.freshet.retail.ChainSize;
import io.freshet.retail.ParameterFile;
import io.freshet.retail.RetailSimulation;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Writes the events of simulated stores, day by day. */
final class RetailCommand implements Command {

    @Override
    public CommandSpec spec() {
        CommandSpec spec = Options.command("retail", "Write the events of simulated stores as NDJSON.",
                "  freshet retail --stores 5 --day 2026-03-18",
                "  freshet retail --stores 50 --day 2026-03-16 --days 7 -o week.ndjson.zst");
        spec.addOption(Options.text("DATE", "the first day in UTC, such as 2026-03-18", "--day"));
        spec.addOption(Options.number("DAYS", "how many days (default: 1)", "--days"));
        spec.addOption(Options.number("STORES", "how many stores (default: 50)", "--stores"));
        spec.addOption(Options.number("NUMBER", "the same seed gives the same events (default: 0)", "-s", "--seed"));
        spec.addOption(Options.text("FILE", "where to write; - is the standard output (default); .gz and .zst compress", "-o",
                "--output"));
        return spec;
    }

    @Override
    public ExitCode run(ParseResult options, Terminal terminal) throws IOException {
        LocalDate day = day(Options.text(options, "--day", ""));
        long days = Math.max(1, Options.number(options, "--days", 1));
        ChainSize usual = ChainSize.DEFAULT;
        ChainSize size = new ChainSize((int) Math.min(Integer.MAX_VALUE, Options.number(options, "--stores", usual.stores())),
                usual.customers(), usual.products(), usual.centres());
        Chain chain = Chain.generate(ParameterFile.defaults(), size, Options.number(options, "--seed", 0));
        Instant start = day.atStartOfDay(ZoneOffset.UTC).toInstant();
        long end = day.plusDays(days).atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
        FileTarget.write(Options.text(options, "-o", TableArgument.STANDARD), terminal,
                out -> write(RetailSimulation.of(chain, start), end, out));
        return ExitCode.DONE;
    }

    private static void write(RetailSimulation simulation, long end, OutputStream out) throws IOException {
        JsonEventBuffer events = JsonEventBuffer.create();
        while (simulation.hasNext() && simulation.nextTime() < end) {
            events.clear();
            simulation.next().writeTo(events);
            out.write(events.bytes(), events.start(0), events.end(0) - events.start(0));
            out.write('\n');
        }
    }

    private static LocalDate day(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException e) {
            throw new CommandException(ExitCode.USAGE, "--day needs a date such as 2026-03-18");
        }
    }
}
