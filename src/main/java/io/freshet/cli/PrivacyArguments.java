package io.freshet.cli;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

import io.freshet.model.privacy.DeclaredColumns;
import io.freshet.model.privacy.PrivacyOptions;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** The options of a command that ask for differential privacy. */
final class PrivacyArguments {

    private static final List<String> NEED_EPSILON = List.of("--delta", "--noise-seed", "--range", "--categories");

    private PrivacyArguments() {
    }

    static void addTo(CommandSpec spec) {
        spec.addOption(decimal("EPSILON", "fit with differential privacy (method mst)", "--epsilon"));
        spec.addOption(decimal("DELTA", "the delta beside epsilon (default: 1 / rows²)", "--delta"));
        spec.addOption(Options.pairs("COLUMN=LOW..HIGH", "the public range of a column, which need not be bought", "--range"));
        spec.addOption(Options.pairs("COLUMN=A,B", "all names of a column, which need not be bought", "--categories"));
        spec.addOption(Options.number("NUMBER", "for tests: repeatable noise, which is not private", "--noise-seed"));
    }

    private static OptionSpec decimal(String label, String description, String name) {
        return OptionSpec.builder(name).paramLabel(label).type(Double.class).description(description).build();
    }

    /** Returns what is asked for; empty without an epsilon. */
    static Optional<PrivacyOptions> options(ParseResult given) {
        if (!given.hasMatchedOption("--epsilon")) {
            NEED_EPSILON.stream().filter(given::hasMatchedOption).findFirst().ifPresent(option -> {
                throw new CommandException(ExitCode.USAGE, option + " needs --epsilon");
            });
            return Optional.empty();
        }
        Map<String, List<String>> categories = new HashMap<>();
        Options.pairs(given, "--categories").forEach((column, names) -> categories.put(column,
                Arrays.stream(names.split(",")).map(String::strip).filter(name -> !name.isEmpty()).toList()));
        DeclaredColumns declared = new DeclaredColumns(Options.pairs(given, "--type"), Options.pairs(given, "--date"),
                Options.pairs(given, "--range"), categories);
        Double delta = given.matchedOptionValue("--delta", (Double) null);
        try {
            return Optional.of(new PrivacyOptions(given.matchedOptionValue("--epsilon", 1.0),
                    delta == null ? OptionalDouble.empty() : OptionalDouble.of(delta), OptionalDouble.empty(),
                    given.hasMatchedOption("--noise-seed") ? OptionalLong.of(Options.number(given, "--noise-seed", 0))
                            : OptionalLong.empty(),
                    declared));
        } catch (IllegalArgumentException e) {
            throw new CommandException(ExitCode.USAGE, "--" + e.getMessage());
        }
    }
}
