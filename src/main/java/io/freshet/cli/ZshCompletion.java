package io.freshet.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * The completion function of zsh, with the descriptions of commands and options. It works as the file {@code _freshet} of a
 * folder in {@code fpath}, and when it is sourced after {@code compinit}.
 */
final class ZshCompletion {

    /** Labels of arguments that are files. */
    private static final Set<String> FILES = Set.of("FILE", "TABLE", "MODEL", "HOLDOUT", "FOLDER");

    private final StringBuilder script = new StringBuilder();

    private ZshCompletion() {
    }

    /** Returns the script for a command with subcommands. */
    static String of(CommandSpec root) {
        return new ZshCompletion().write(root);
    }

    private String write(CommandSpec root) {
        String function = "_" + root.name();
        script.append("#compdef ").append(root.name()).append("\n\n").append(function).append("() {\n");
        script.append("    local -a commands=(\n");
        root.subcommands().forEach((name, command) -> script.append("        ")
                .append(quoted(name + ":" + description(command.getCommandSpec()))).append('\n'));
        script.append("    )\n    if (( CURRENT == 2 )) && [[ $PREFIX != -* ]]; then\n"
                + "        _describe -t commands command commands\n        return\n    fi\n"
                + "    local command=$words[2]\n    if (( CURRENT > 2 )); then\n        shift words\n"
                + "        (( CURRENT-- ))\n    fi\n    case $command in\n");
        root.subcommands().forEach((name, command) -> arguments(name, command.getCommandSpec()));
        arguments("*", root);
        script.append("    esac\n}\n\nif [[ $funcstack[1] == ").append(function).append(" ]]; then\n    ").append(function)
                .append(" \"$@\"\nelse\n    compdef ").append(function).append(' ').append(root.name()).append("\nfi");
        return script.toString();
    }

    private static String description(CommandSpec command) {
        return command.usageMessage().description()[0];
    }

    private void arguments(String pattern, CommandSpec command) {
        List<String> lines = new ArrayList<>();
        command.options().forEach(option -> lines.add(line(option)));
        command.positionalParameters().forEach(argument -> lines.add(line(argument)));
        script.append("    (").append(pattern).append(") _arguments -S \\\n        ")
                .append(String.join(" \\\n        ", lines)).append(" ;;\n");
    }

    /** Returns the specification of an option, such as {@code '(-o --output)'{-o+,--output=}'[where]:FILE:_files'}. */
    private static String line(OptionSpec option) {
        boolean flag = option.arity().max() == 0;
        List<String> names = List.of(option.names());
        List<String> accepted = names.stream().map(name -> flag ? name : name + (name.startsWith("--") ? "=" : "+")).toList();
        String meaning = "[" + escaped(String.join(" ", option.description())) + "]" + (flag ? "" : value(option));
        String repeated = option.isMultiValue() ? "*" : "";
        if (names.size() == 1) {
            return quoted(repeated + accepted.get(0) + meaning);
        }
        String excluded = option.isMultiValue() ? "'*'" : quoted("(" + String.join(" ", names) + ")");
        return excluded + "{" + String.join(",", accepted) + "}" + quoted(meaning);
    }

    private static String line(PositionalParamSpec argument) {
        String place = argument.index().isVariable() || argument.index().max() > argument.index().min() ? "*"
                : String.valueOf(argument.index().min() + 1);
        return quoted(place + value(argument));
    }

    /** Returns the label of a value and what completes it: files, a list, or nothing. */
    private static String value(ArgSpec argument) {
        String label = argument.paramLabel();
        String action = FILES.contains(label) ? "_files" : " ";
        if (argument.completionCandidates() != null) {
            action = "(" + String.join(" ", argument.completionCandidates()) + ")";
        }
        return ":" + escaped(label) + ":" + action;
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]").replace(":", "\\:");
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
