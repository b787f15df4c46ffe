package io.freshet.model.meaning;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Learns the forms of a column from example texts. */
final class FormLearner {

    private static final int MAX_FORMS = 24;
    private static final double MIN_SHARE = .004;
    /** The forms should describe at least this share of the examples. */
    private static final double COVERED = .9;
    /** Without a better set of forms, this share is enough. */
    private static final double BARELY_COVERED = .6;
    private static final long MAX_OCTET = 255;

    private final ColumnHints hints;
    private final long rows;

    /** A form, and the number of examples that have it. */
    record Learned(TextForm form, int examples) {
    }

    FormLearner(ColumnHints hints, long rows) {
        this.hints = hints;
        this.rows = rows;
    }

    /**
     * Learns the forms.
     *
     * @param examples the texts, at least one
     * @param found for each text, the positions at which it shows other columns
     * @return the forms, the most common first; empty if the texts have no form
     */
    List<Learned> learn(List<String> examples, List<List<ReferenceFinder.Found>> found) {
        if (ProseLearner.isProse(examples) && found.stream().allMatch(List::isEmpty)) {
            return List.of(new Learned(new TextForm(List.of(ProseLearner.learn(examples, rows))), examples.size()));
        }
        List<List<List<Token>>> fine = groups(examples, found, false);
        if (covered(fine, examples.size()) >= COVERED) {
            return forms(fine);
        }
        List<List<List<Token>>> mixed = groups(examples, found, true);
        List<List<List<Token>>> best = covered(mixed, examples.size()) > covered(fine, examples.size()) + .1 ? mixed : fine;
        return covered(best, examples.size()) >= BARELY_COVERED ? forms(best) : List.of();
    }

    /** Groups the examples by the kinds of their tokens, and returns the most common groups. */
    private static List<List<List<Token>>> groups(List<String> examples, List<List<ReferenceFinder.Found>> found,
            boolean mixed) {
        Tokenizer tokenizer = new Tokenizer(mixed);
        Map<String, List<List<Token>>> groups = new TreeMap<>();
        for (int i = 0; i < examples.size(); i++) {
            List<Token> tokens = tokenizer.tokens(examples.get(i), found.get(i));
            if (!tokens.isEmpty()) {
                String signature = tokens.stream().map(Token::signature).collect(Collectors.joining());
                groups.computeIfAbsent(signature, key -> new ArrayList<>()).add(tokens);
            }
        }
        return groups.values().stream().filter(group -> group.size() >= Math.max(2, MIN_SHARE * examples.size()))
                .sorted(Comparator.comparingInt((List<List<Token>> group) -> -group.size())).limit(MAX_FORMS).toList();
    }

    private static double covered(List<List<List<Token>>> groups, int examples) {
        return groups.stream().mapToInt(List::size).sum() / (double) examples;
    }

    private List<Learned> forms(List<List<List<Token>>> groups) {
        return groups.stream().map(group -> new Learned(form(group), group.size())).toList();
    }

    private TextForm form(List<List<Token>> group) {
        List<TextPart> parts = new ArrayList<>();
        boolean address = isAddress(group);
        List<Token> first = group.get(0);
        for (int i = 0; i < first.size(); i++) {
            int place = i;
            Token token = first.get(i);
            Reference reference = token.reference();
            if (reference != null) {
                parts.add(reference);
            } else if (token.kind() == Token.Kind.LITERAL) {
                literal(token.text(), parts);
            } else {
                List<String> texts = group.stream().map(tokens -> tokens.get(place).text()).toList();
                add(token.kind(), texts, place, address, parts);
            }
        }
        return new TextForm(parts);
    }

    private void add(Token.Kind kind, List<String> texts, int place, boolean address, List<TextPart> parts) {
        PartLearner learner = new PartLearner(texts, rows, hints.words(place), hints.language());
        if (kind == Token.Kind.DOMAIN) {
            parts.addAll(learner.domain());
        } else if (kind == Token.Kind.DIGITS) {
            parts.add(learner.digits(address ? MAX_OCTET : Long.MAX_VALUE));
        } else if (kind == Token.Kind.MIXED) {
            parts.add(learner.letters(1));
        } else {
            parts.add(learner.word());
        }
    }

    /** Adds a literal. Neighbouring literals are merged into one. */
    private static void literal(String text, List<TextPart> parts) {
        int last = parts.size() - 1;
        if (last >= 0 && parts.get(last) instanceof Choice choice && choice.isLiteral()) {
            parts.set(last, Choice.literal(choice.texts().get(0) + text));
        } else {
            parts.add(Choice.literal(text));
        }
    }

    /** Returns whether the texts are IPv4 addresses: four numbers up to 255, separated by dots. */
    private static boolean isAddress(List<List<Token>> group) {
        return group.stream().allMatch(tokens -> tokens.size() == 7 && tokens.stream().allMatch(
                token -> token.kind() == Token.Kind.DIGITS && token.text().length() <= 3
                        && Integer.parseInt(token.text()) <= MAX_OCTET || token.text().equals(".")));
    }
}
