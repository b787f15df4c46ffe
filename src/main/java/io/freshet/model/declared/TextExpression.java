package io.freshet.model.declared;

import java.util.ArrayList;
import java.util.List;

import io.freshet.stats.Draws;

/**
 * The texts that a regular expression matches: characters, classes, groups, alternatives and repetitions. It draws one of them
 * or, where there are few enough to count, the text at a position of their order.
 */
sealed interface TextExpression {

    /** The most texts that are counted; where there are more, the count is this. */
    long MANY = 1L << 62;

    /** Appends one of the texts. */
    void draw(Draws draws, StringBuilder out);

    /** Returns how many ways there are to choose a text, at most {@link #MANY}. */
    long count();

    /**
     * Appends the text of a position.
     *
     * @param position from 0 to the count − 1
     */
    void write(long position, StringBuilder out);

    private static long times(long a, long b) {
        return a == 0 || b == 0 ? 0 : a > MANY / b ? MANY : a * b;
    }

    private static long plus(long a, long b) {
        return Math.min(MANY, a + b);
    }

    /**
     * One of some characters.
     *
     * @param characters at least one
     */
    record Characters(String characters) implements TextExpression {

        @Override
        public void draw(Draws draws, StringBuilder out) {
            out.append(characters.charAt(draws.below(characters.length())));
        }

        @Override
        public long count() {
            return characters.length();
        }

        @Override
        public void write(long position, StringBuilder out) {
            out.append(characters.charAt((int) position));
        }
    }

    /** One after the other. */
    record Sequence(List<TextExpression> parts) implements TextExpression {

        public Sequence {
            parts = List.copyOf(parts);
        }

        @Override
        public void draw(Draws draws, StringBuilder out) {
            parts.forEach(part -> part.draw(draws, out));
        }

        @Override
        public long count() {
            return parts.stream().mapToLong(TextExpression::count).reduce(1, TextExpression::times);
        }

        @Override
        public void write(long position, StringBuilder out) {
            long[] positions = new long[parts.size()];
            long rest = position;
            for (int i = parts.size() - 1; i >= 0; i--) {
                positions[i] = rest % parts.get(i).count();
                rest /= parts.get(i).count();
            }
            for (int i = 0; i < positions.length; i++) {
                parts.get(i).write(positions[i], out);
            }
        }
    }

    /** One of several. */
    record Alternatives(List<TextExpression> options) implements TextExpression {

        public Alternatives {
            options = List.copyOf(options);
        }

        @Override
        public void draw(Draws draws, StringBuilder out) {
            options.get(draws.below(options.size())).draw(draws, out);
        }

        @Override
        public long count() {
            return options.stream().mapToLong(TextExpression::count).reduce(0, TextExpression::plus);
        }

        @Override
        public void write(long position, StringBuilder out) {
            long rest = position;
            for (TextExpression option : options) {
                if (rest < option.count()) {
                    option.write(rest, out);
                    return;
                }
                rest -= option.count();
            }
        }
    }

    /** The same again, from {@code min} to {@code max} times. */
    record Repetition(TextExpression of, int min, int max) implements TextExpression {

        @Override
        public void draw(Draws draws, StringBuilder out) {
            for (int times = draws.between(min, max); times > 0; times--) {
                of.draw(draws, out);
            }
        }

        private TextExpression exactly(int times) {
            List<TextExpression> parts = new ArrayList<>();
            for (int i = 0; i < times; i++) {
                parts.add(of);
            }
            return new Sequence(parts);
        }

        @Override
        public long count() {
            long count = 0;
            for (int times = min; times <= max && count < MANY; times++) {
                count = plus(count, exactly(times).count());
            }
            return count;
        }

        @Override
        public void write(long position, StringBuilder out) {
            long rest = position;
            for (int times = min; times <= max; times++) {
                TextExpression part = exactly(times);
                if (rest < part.count()) {
                    part.write(rest, out);
                    return;
                }
                rest -= part.count();
            }
        }
    }
}
