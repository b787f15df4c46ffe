package io.freshet.model.declared;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Parses the part of regular expressions from which texts can be drawn: characters, escapes, classes, groups, alternatives and
 * quantifiers. Assertions other than the anchors at the ends, back references and flags are refused by name. A dot and a
 * negated class stand for printable ASCII characters, and a quantifier without a maximum for up to {@value #OPEN} more.
 */
final class ExpressionParser {

    private static final int OPEN = 8;
    private static final int MAX_REPEATS = 1000;
    private static final int MAX_DEPTH = 50;
    private static final String PRINTABLE = range(' ', '~');
    private static final String DIGITS = range('0', '9');
    private static final String LOWER = range('a', 'z');
    private static final String UPPER = range('A', 'Z');
    private static final String WORD = DIGITS + UPPER + "_" + LOWER;

    private final String text;
    private int at;
    private int depth;

    private ExpressionParser(String text) {
        this.text = text;
    }

    /** @throws IllegalArgumentException if the expression is not valid or not supported; the message says what and where */
    static TextExpression parse(String expression) {
        ExpressionParser parser = new ExpressionParser(expression);
        TextExpression parsed = parser.alternatives();
        if (parser.at < expression.length()) {
            throw parser.wrong("a ) without (");
        }
        return parsed;
    }

    private IllegalArgumentException wrong(String what) {
        return new IllegalArgumentException("has the expression " + text + " with " + what + " at " + (at + 1)
                + ", from which no texts can be drawn");
    }

    private boolean isAt(String next) {
        return text.startsWith(next, at);
    }

    private boolean take(String next) {
        boolean there = isAt(next);
        at += there ? next.length() : 0;
        return there;
    }

    private TextExpression alternatives() {
        if (++depth > MAX_DEPTH) {
            throw wrong("too many nested groups");
        }
        List<TextExpression> options = new ArrayList<>(List.of(sequence()));
        while (take("|")) {
            options.add(sequence());
        }
        depth--;
        return options.size() == 1 ? options.get(0) : new TextExpression.Alternatives(options);
    }

    private TextExpression sequence() {
        List<TextExpression> parts = new ArrayList<>();
        while (at < text.length() && !isAt("|") && !isAt(")")) {
            if (take("^")) {
                require(parts.isEmpty(), "a ^ that is not at the beginning");
            } else if (take("$")) {
                require(at == text.length() || isAt("|") || isAt(")"), "a $ that is not at the end");
            } else {
                parts.add(repeated(atom()));
            }
        }
        return new TextExpression.Sequence(parts);
    }

    private void require(boolean holds, String otherwise) {
        if (!holds) {
            at--;
            throw wrong(otherwise);
        }
    }

    private TextExpression atom() {
        if (take("(")) {
            if (take("?") && !take(":") && !namedGroup()) {
                throw wrong("a look-around or a flag");
            }
            TextExpression group = alternatives();
            if (!take(")")) {
                throw wrong("a ( without )");
            }
            return group;
        }
        if (take("[")) {
            return new TextExpression.Characters(characterClass());
        }
        if (take(".")) {
            return new TextExpression.Characters(PRINTABLE);
        }
        if (isAt("*") || isAt("+") || isAt("?")) {
            throw wrong("a quantifier of nothing");
        }
        return new TextExpression.Characters(take("\\") ? escape() : next());
    }

    private boolean namedGroup() {
        int end = text.indexOf('>', at);
        boolean named = (isAt("<") || isAt("P<")) && !isAt("<=") && !isAt("<!") && end > 0;
        at = named ? end + 1 : at;
        return named;
    }

    private String next() {
        if (at >= text.length()) {
            throw wrong("an end too early");
        }
        return String.valueOf(text.charAt(at++));
    }

    /** Returns the characters of an escape; the backslash is taken. */
    private String escape() {
        String letter = next();
        switch (letter) {
            case "d":
                return DIGITS;
            case "w":
                return WORD;
            case "s":
                return " ";
            case "D":
                return without(DIGITS);
            case "W":
                return without(WORD);
            case "S":
                return without(" ");
            case "t":
                return "\t";
            case "n":
                return "\n";
            case "r":
                return "\r";
            case "p":
                return property();
            case "u":
                return String.valueOf((char) hex(4));
            case "x":
                return String.valueOf((char) hex(2));
            default:
                if (Character.isLetterOrDigit(letter.charAt(0))) {
                    at--;
                    throw wrong("the escape \\" + letter);
                }
                return letter;
        }
    }

    private int hex(int digits) {
        if (at + digits > text.length()) {
            throw wrong("an end too early");
        }
        at += digits;
        return Integer.parseInt(text.substring(at - digits, at), 16);
    }

    private String property() {
        int end = text.indexOf('}', at);
        String name = take("{") && end > 0 ? text.substring(at, end) : next();
        at = end > 0 ? end + 1 : at;
        return switch (name) {
            case "L", "Letter", "Alpha", "IsAlphabetic" -> UPPER + LOWER;
            case "Lu", "Upper" -> UPPER;
            case "Ll", "Lower" -> LOWER;
            case "N", "Nd", "Digit" -> DIGITS;
            case "Alnum" -> DIGITS + UPPER + LOWER;
            default -> throw wrong("the property " + name);
        };
    }

    private String characterClass() {
        boolean negated = take("^");
        StringBuilder characters = new StringBuilder();
        boolean first = true;
        while (first || !isAt("]")) {
            first = false;
            if (isAt("&&") || isAt("[")) {
                throw wrong("a class within a class");
            }
            String one = take("\\") ? escape() : next();
            if (one.length() == 1 && isAt("-") && !isAt("-]")) {
                at++;
                String last = take("\\") ? escape() : next();
                if (last.length() != 1 || last.charAt(0) < one.charAt(0)) {
                    throw wrong("a range that ends before it begins");
                }
                one = range(one.charAt(0), last.charAt(0));
            }
            characters.append(one);
        }
        at++;
        String distinct = characters.chars().distinct().sorted().mapToObj(c -> String.valueOf((char) c))
                .collect(Collectors.joining());
        String drawn = negated ? without(distinct) : distinct;
        if (drawn.isEmpty()) {
            throw wrong("a class of no characters");
        }
        return drawn;
    }

    private static String range(char first, char last) {
        return IntStream.rangeClosed(first, last).mapToObj(c -> String.valueOf((char) c)).collect(Collectors.joining());
    }

    private static String without(String characters) {
        return PRINTABLE.chars().filter(c -> characters.indexOf(c) < 0).mapToObj(c -> String.valueOf((char) c))
                .collect(Collectors.joining());
    }

    private TextExpression repeated(TextExpression atom) {
        TextExpression result = atom;
        if (take("?")) {
            result = new TextExpression.Repetition(atom, 0, 1);
        } else if (take("*")) {
            result = new TextExpression.Repetition(atom, 0, OPEN);
        } else if (take("+")) {
            result = new TextExpression.Repetition(atom, 1, 1 + OPEN);
        } else if (isCounted()) {
            result = counted(atom);
        } else {
            return result;
        }
        if (!take("?")) {
            // a possessive quantifier matches the same texts unless what follows needs them
            take("+");
        }
        return result;
    }

    private boolean isCounted() {
        return isAt("{") && at + 1 < text.length() && Character.isDigit(text.charAt(at + 1));
    }

    private TextExpression counted(TextExpression atom) {
        int end = text.indexOf('}', at);
        if (end < 0) {
            throw wrong("a { without }");
        }
        String[] bounds = text.substring(at + 1, end).split(",", -1);
        try {
            int min = Integer.parseInt(bounds[0].trim());
            int max = bounds.length == 1 ? min : bounds[1].isBlank() ? min + OPEN : Integer.parseInt(bounds[1].trim());
            if (max < min || max > MAX_REPEATS || bounds.length > 2) {
                throw wrong("an invalid number of repetitions");
            }
            at = end + 1;
            return new TextExpression.Repetition(atom, min, max);
        } catch (NumberFormatException e) {
            throw wrong("an invalid number of repetitions");
        }
    }
}
