package io.freshet.stage;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Compiles and evaluates one expression of each kind and prints how long it took. It is small enough for a native image of its
 * own.
 */
public final class ExpressionMain {

    private static final String[] TEXTS = { "n > 3 && x < 3.0", "s.matches('^a.*') ? s + '!' : 'no'", "now - duration('1h')",
            "{'a': [n, 2, 3].map(i, i * 2)}", "type(n) == int && has(o.p)", "n / 0", "n +" };

    private ExpressionMain() {
    }

    public static void main(String[] args) {
        Map<String, @Nullable Object> record = new LinkedHashMap<>(
                Map.of("n", 5L, "x", 2.5, "s", "abc", "o", Map.of("p", true)));
        for (String text : TEXTS) {
            long startedAt = System.nanoTime();
            String result;
            try {
                result = String.valueOf(Expression.of(text).of(record, 0));
            } catch (IllegalArgumentException e) {
                result = e.getMessage();
            }
            System.out.printf("%s -> %s (%.1f ms)%n", text, result, (System.nanoTime() - startedAt) / 1e6);
        }
    }
}
