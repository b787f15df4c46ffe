package io.freshet.protobuf;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The tokens of a {@code .proto} file, without comments. */
final class ProtoTokens {

    private static final Pattern TOKEN = Pattern.compile("(?<skip>\\s+|//[^\\n]*|/\\*(?s:.*?)\\*/)"
            + "|(?<token>\"(?:[^\"\\\\\\n]|\\\\.)*\"|'(?:[^'\\\\\\n]|\\\\.)*'|[A-Za-z0-9_.+-]+|.)");

    /** @param line where it is, from 1 */
    private record Token(String text, int line) {
    }

    private final List<Token> tokens = new ArrayList<>();
    private int at;

    ProtoTokens(String text) {
        Matcher matcher = TOKEN.matcher(text);
        int line = 1;
        int end = 0;
        while (end < text.length() && matcher.find(end) && matcher.start() == end) {
            if (matcher.group("token") != null) {
                tokens.add(new Token(matcher.group("token"), line));
            }
            line += (int) matcher.group().chars().filter(c -> c == '\n').count();
            end = matcher.end();
        }
    }

    boolean isAtEnd() {
        return at == tokens.size();
    }

    String peek() {
        return isAtEnd() ? "" : tokens.get(at).text;
    }

    String next() {
        if (isAtEnd()) {
            throw wrong("ends too early");
        }
        return tokens.get(at++).text;
    }

    /** Takes the next token if it is this one. */
    boolean take(String text) {
        boolean there = peek().equals(text);
        at += there ? 1 : 0;
        return there;
    }

    void require(String text) {
        if (!take(text)) {
            throw wrong("has " + peek() + " instead of " + text);
        }
    }

    String name() {
        String name = next();
        if (!name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
            at--;
            throw wrong("has " + name + " instead of a name");
        }
        return name;
    }

    /** Returns the name of a type: names with dots between them, and perhaps one before. */
    String typeName() {
        String name = next();
        if (!name.matches("\\.?[A-Za-z_][A-Za-z0-9_.]*")) {
            at--;
            throw wrong("has " + name + " instead of a type");
        }
        return name;
    }

    int number() {
        String text = next();
        try {
            return Integer.decode(text.startsWith("+") ? text.substring(1) : text.equals("-") ? "-" + next() : text);
        } catch (NumberFormatException e) {
            at--;
            throw wrong("has " + text + " instead of a whole number");
        }
    }

    String string() {
        StringBuilder text = new StringBuilder();
        do {
            String quoted = next();
            if (quoted.length() < 2 || quoted.charAt(0) != '"' && quoted.charAt(0) != '\'') {
                at--;
                throw wrong("has " + quoted + " instead of a text in quotes");
            }
            text.append(quoted, 1, quoted.length() - 1);
        } while (peek().startsWith("\"") || peek().startsWith("'"));
        return text.toString();
    }

    /** Skips a statement up to its semicolon, or the block that ends it. */
    void skipStatement() {
        while (!take(";")) {
            if (peek().equals("{")) {
                skipBlock("{", "}");
                take(";");
                return;
            }
            next();
        }
    }

    /** Skips what stands between brackets. */
    void skipBlock(String open, String close) {
        require(open);
        for (int depth = 1; depth > 0;) {
            String token = next();
            depth += token.equals(open) ? 1 : token.equals(close) ? -1 : 0;
        }
    }

    ProtoException wrong(String what) {
        int line = tokens.isEmpty() ? 1 : tokens.get(Math.min(at, tokens.size() - 1)).line;
        return new ProtoException("the schema " + what + " (line " + line + ")");
    }
}
