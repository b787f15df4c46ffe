package io.freshet.model.meaning;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Splits texts into runs of digits, runs of letters of any script, domains, and the characters between them. */
final class Tokenizer {

    private static final Pattern DOMAIN = Pattern.compile("(?<=@|://)[\\p{L}\\d-]+(\\.[\\p{L}\\d-]+)*\\.\\p{L}{2,}");
    private static final int MAX_TOKENS = 64;

    private final boolean mixed;

    /** @param mixed whether adjacent letters and digits form a single run */
    Tokenizer(boolean mixed) {
        this.mixed = mixed;
    }

    /**
     * Splits a text.
     *
     * @param found the positions at which the text shows other columns, in order
     * @return the tokens; empty if there are too many
     */
    List<Token> tokens(String text, List<ReferenceFinder.Found> found) {
        List<Token> tokens = new ArrayList<>();
        int at = 0;
        for (ReferenceFinder.Found reference : found) {
            domains(text, at, reference.from(), tokens);
            tokens.add(new Token(Token.Kind.REFERENCE, text.substring(reference.from(), reference.to()),
                    reference.reference()));
            at = reference.to();
        }
        domains(text, at, text.length(), tokens);
        return tokens.size() > MAX_TOKENS ? List.of() : tokens;
    }

    private void domains(String text, int from, int to, List<Token> tokens) {
        Matcher domain = DOMAIN.matcher(text).region(from, to).useTransparentBounds(true);
        int at = from;
        while (domain.find()) {
            runs(text, at, domain.start(), tokens);
            tokens.add(Token.of(Token.Kind.DOMAIN, domain.group()));
            at = domain.end();
        }
        runs(text, at, to, tokens);
    }

    private void runs(String text, int from, int to, List<Token> tokens) {
        int at = from;
        while (at < to) {
            Token.Kind kind = kind(text.charAt(at));
            int end = at + 1;
            while (end < to && kind != Token.Kind.LITERAL && continues(kind, text.charAt(end))) {
                end++;
            }
            tokens.add(Token.of(kind, text.substring(at, end)));
            at = end;
        }
    }

    private Token.Kind kind(char c) {
        if (c >= '0' && c <= '9') {
            return mixed ? Token.Kind.MIXED : Token.Kind.DIGITS;
        }
        return !Character.isLetter(c) || Character.isSurrogate(c) ? Token.Kind.LITERAL
                : mixed ? Token.Kind.MIXED : Token.Kind.LETTERS;
    }

    private boolean continues(Token.Kind kind, char c) {
        // a combining accent belongs to the letter before it
        return kind(c) == kind || kind != Token.Kind.DIGITS && Character.getType(c) == Character.NON_SPACING_MARK;
    }
}
