package io.freshet.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import io.freshet.table.ReadOptions;
import io.freshet.table.ReadSettings;
import io.freshet.table.TableFormat;
import io.freshet.table.TableReader;
import io.freshet.table.TableSample;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** A table that a command reads: a file, or the standard input. */
final class TableArgument {

    static final String STANDARD = "-";
    private static final int BYTES_PER_CELL = 3 * 48;
    private static final long MAX_CELLS = 20_000_000;
    private static final long MIN_CELLS = 200_000;

    private TableArgument() {
    }

    static void addTo(CommandSpec spec) {
        spec.addOption(
                Options.text("FORMAT", "format of the table: csv, ndjson, json, parquet or excel (default: by the ending of its"
                        + " name; csv for -)", "--input-format"));
        spec.addOption(Options.pairs("COLUMN=TYPE", "type of a column, instead of the inferred one", "--type"));
        spec.addOption(Options.pairs("COLUMN=PATTERN", "how a column writes dates, such as dd.MM.uuuu", "--date"));
        spec.addOption(Options.text("A,B", "texts that say a value is missing, instead of the usual ones", "--missing"));
        spec.addOption(Options.pairs("NAME=VALUE", "how a CSV file is written, such as separator=tab, header=false, skip=3, "
                + "escape=\\ or decimal=,", "--read"));
        spec.addOption(Options.text("A,B", "the columns of a Parquet file to read (default: all)", "--columns"));
        spec.addOption(Options.text("SHEET", "the sheet of an Excel workbook to read (default: the first one)", "--sheet"));
    }

    /** Returns the read options that were given. */
    static ReadOptions options(ParseResult given) {
        long cells = Math.max(MIN_CELLS, Math.min(MAX_CELLS, Runtime.getRuntime().maxMemory() / BYTES_PER_CELL));
        ReadOptions options = ReadSettings.apply(Options.pairs(given, "--read"), ReadOptions.defaults())
                .withOverrides(Options.pairs(given, "--type"))
                .withDateFormats(Options.pairs(given, "--date")).withSampleCells((int) cells);
        if (given.hasMatchedOption("--missing")) {
            Set<String> markers = new HashSet<>(List.of(Options.text(given, "--missing", "").split(",", -1)));
            markers.add("");
            options = options.withMissingMarkers(markers);
        }
        options = options.withSheet(Options.text(given, "--sheet", ""));
        return given.hasMatchedOption("--columns")
                ? options.withColumns(List.of(Options.text(given, "--columns", "").split(",")))
                : options;
    }

    /** Reads the table. */
    static TableSample read(String name, ParseResult given, ReadOptions options, Terminal terminal) throws IOException {
        if (name.startsWith(ConfiguredTable.PREFIX)) {
            return ConfiguredTable.read(name, options);
        }
        TableFormat format = format(name, given);
        if (name.equals(STANDARD)) {
            return TableReader.read(terminal.in(), format, options);
        }
        Path path = Path.of(name);
        if (!Files.exists(path)) {
            throw new CommandException(ExitCode.FILES, "there is no file " + name);
        }
        return TableReader.read(path, format, options);
    }

    private static TableFormat format(String name, ParseResult given) {
        if (given.hasMatchedOption("--input-format")) {
            String format = Options.text(given, "--input-format", "");
            return Arrays.stream(TableFormat.values()).filter(each -> each.name().equalsIgnoreCase(format)).findFirst()
                    .orElseThrow(() -> new CommandException(ExitCode.USAGE,
                            "there is no format " + format + "; use csv, ndjson, json, parquet or excel"));
        }
        if (name.equals(STANDARD)) {
            return TableFormat.CSV;
        }
        if (name.toLowerCase(Locale.ROOT).endsWith(".xls")) {
            throw new CommandException(ExitCode.INVALID,
                    name + " is an old Excel workbook, which is not read; save it as .xlsx or CSV");
        }
        return TableFormat.ofFileName(name).orElseThrow(() -> new CommandException(ExitCode.USAGE, "the ending of " + name
                + " names no format; add --input-format csv, ndjson, json, parquet or excel"));
    }
}
