package io.freshet.cli;

import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.freshet.model.RelationOptions;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** The options of a command that fits: which relations between columns its model keeps. */
final class RelationArguments {

    private static final String FOUND = "--relations";
    private static final String DECLARED = "--relation";
    private static final String EXCLUDED = "--without-relation";
    private static final List<String> FOUND_OR_NONE = List.of("auto", "none");

    private RelationArguments() {
    }

    static void addTo(CommandSpec spec) {
        spec.addOption(Options.text("auto|none", "whether relations between columns are looked for (default: auto)", FOUND));
        spec.addOption(Options.list("RELATION", "a relation that holds in every row, such as \"a + b = c\"; may be repeated",
                DECLARED));
        spec.addOption(Options.list("RELATION", "a relation that the model leaves out, as a note or inspect writes it; may be "
                + "repeated", EXCLUDED));
    }

    static boolean areGiven(ParseResult given) {
        return given.hasMatchedOption(FOUND) || given.hasMatchedOption(DECLARED) || given.hasMatchedOption(EXCLUDED);
    }

    static RelationOptions options(ParseResult given) {
        String found = Options.text(given, FOUND, FOUND_OR_NONE.get(0));
        if (!FOUND_OR_NONE.contains(found)) {
            throw new CommandException(ExitCode.USAGE, FOUND + " cannot be " + found + "; use auto or none");
        }
        return new RelationOptions(found.equals(FOUND_OR_NONE.get(0)), Options.list(given, DECLARED),
                Set.copyOf(Options.list(given, EXCLUDED)), Optional.empty());
    }
}
