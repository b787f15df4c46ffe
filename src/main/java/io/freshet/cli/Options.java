package io.freshet.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** Builds the specifications of commands and reads the given options. It needs no reflection, so it works natively. */
final class Options {

    private Options() {
    }

    static CommandSpec command(String name, String description, String... examples) {
        CommandSpec spec = CommandSpec.create().name(name);
        spec.usageMessage().description(description).abbreviateSynopsis(true);
        if (examples.length > 0) {
            spec.usageMessage().footerHeading("%nExamples:%n").footer(examples);
        }
        spec.addOption(OptionSpec.builder("-h", "--help").usageHelp(true).type(boolean.class).arity("0")
                .description("show this help").build());
        return spec;
    }

    static PositionalParamSpec argument(String label, String index, String description) {
        return PositionalParamSpec.builder().index(index).paramLabel(label).type(String.class).required(true).arity("1")
                .description(description).build();
    }

    private static OptionSpec.Builder option(String... names) {
        return OptionSpec.builder(names[0], Arrays.copyOfRange(names, 1, names.length));
    }

    static OptionSpec text(String label, String description, String... names) {
        return option(names).paramLabel(label).type(String.class).description(description).build();
    }

    static OptionSpec number(String label, String description, String... names) {
        return option(names).paramLabel(label).type(Long.class).description(description).build();
    }

    static OptionSpec flag(String description, String... names) {
        return option(names).type(boolean.class).arity("0").description(description).build();
    }

    static OptionSpec list(String label, String description, String... names) {
        return option(names).paramLabel(label).type(List.class).auxiliaryTypes(String.class).description(description).build();
    }

    static OptionSpec pairs(String label, String description, String... names) {
        return option(names).paramLabel(label).type(Map.class).auxiliaryTypes(String.class, String.class)
                .description(description).build();
    }

    static long number(ParseResult options, String name, long otherwise) {
        Long given = options.matchedOptionValue(name, (Long) null);
        return given == null ? otherwise : given;
    }

    static String text(ParseResult options, String name, String otherwise) {
        String given = options.matchedOptionValue(name, (String) null);
        return given == null ? otherwise : given;
    }

    static List<String> list(ParseResult options, String name) {
        return options.matchedOptionValue(name, List.<String> of());
    }

    static @Nullable String text(ParseResult options, String name) {
        return options.matchedOptionValue(name, (String) null);
    }

    static Map<String, String> pairs(ParseResult options, String name) {
        Map<String, String> given = options.matchedOptionValue(name, (Map<String, String>) null);
        return given == null ? Map.of() : given;
    }

    static String argument(ParseResult options, int index) {
        return options.matchedPositionalValue(index, "-");
    }
}
