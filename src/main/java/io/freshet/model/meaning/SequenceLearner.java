package io.freshet.model.meaning;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Recognises identifiers that are numbered in sequence, in whatever order the rows come: texts around one number, which all
 * texts share, and numbers of which none occurs twice and hardly any is left out.
 */
final class SequenceLearner {

    private static final Pattern NUMBERED = Pattern.compile("(.*?)(\\d{1,17})(\\D*)", Pattern.DOTALL);
    /** At least this share of the numbers between the first and the last one occurs. */
    private static final double DENSE = .9;
    private static final int MIN_TEXTS = 20;

    private SequenceLearner() {
    }

    /**
     * Returns the form of the texts that follow.
     *
     * @param texts all different
     * @param rows how many texts the table has, of which these may be a sample
     * @return empty if the texts are not in sequence
     */
    static Optional<TextForm> learn(List<String> texts, long rows) {
        Matcher first = NUMBERED.matcher(texts.isEmpty() ? "" : texts.get(0));
        if (texts.size() < MIN_TEXTS || !first.matches()) {
            return Optional.empty();
        }
        List<Matcher> numbered = texts.stream().map(NUMBERED::matcher).filter(Matcher::matches)
                .filter(text -> text.group(1).equals(first.group(1)) && text.group(3).equals(first.group(3))).toList();
        long step = numbered.size() < texts.size() ? 0
                : step(numbered.stream().mapToLong(SequenceLearner::number).toArray(),
                        rows);
        if (step == 0) {
            return Optional.empty();
        }
        long last = numbered.stream().mapToLong(SequenceLearner::number).max().orElse(0);
        int width = numbered.stream().mapToInt(text -> text.group(2).length()).min().orElse(0);
        boolean padded = numbered.stream().anyMatch(text -> text.group(2).length() > 1 && text.group(2).startsWith("0"));
        List<TextPart> parts = new ArrayList<>();
        addLiteral(first.group(1), parts);
        parts.add(new SequencePart(last + step, step, padded ? width : 0));
        addLiteral(first.group(3), parts);
        return Optional.of(new TextForm(parts));
    }

    private static void addLiteral(String text, List<TextPart> parts) {
        if (!text.isEmpty()) {
            parts.add(Choice.literal(text));
        }
    }

    private static long number(Matcher text) {
        return Long.parseLong(text.group(2));
    }

    /** Returns the distance of two neighbouring numbers, or 0 if the numbers are not in sequence. */
    private static long step(long[] numbers, long rows) {
        long min = Long.MAX_VALUE;
        long max = 0;
        for (long number : numbers) {
            min = Math.min(min, number);
            max = Math.max(max, number);
        }
        long step = 0;
        for (long number : numbers) {
            step = gcd(step, number - min);
        }
        return step > 0 && rows >= DENSE * ((max - min) / step + 1) ? step : 0;
    }

    private static long gcd(long a, long b) {
        long greater = a;
        long rest = b;
        while (rest > 0) {
            long next = greater % rest;
            greater = rest;
            rest = next;
        }
        return greater;
    }
}
