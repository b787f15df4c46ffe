package io.freshet.model.declared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.freshet.stats.Draws;

class ExpressionParserTest {

    @ParameterizedTest
    @ValueSource(strings = { "[A-Z]{3}-[0-9]{4}", "^(\\([0-9]{3}\\))?[0-9]{3}-[0-9]{4}$", "a|bc|[^a-z]{2,3}", "\\w+\\s\\d*",
            "(?:x[y-z]?){1,2}|\\$\\{[a-c]\\}", "[\\-+*/a.]", ".{0,5}", "\\p{Lu}\\p{Ll}+", "(?<year>20[0-2][0-9])-\\x41", "",
            "[a\\]b]\\u00e9", "a{2,}b*?" })
    void everyTextMatches(String expression) {
        TextExpression texts = ExpressionParser.parse(expression);
        Draws draws = Draws.of(1, 2, 3, 4);
        for (int i = 0; i < 500; i++) {
            StringBuilder text = new StringBuilder();
            texts.draw(draws, text);
            assertThat(text.toString()).matches(expression);
        }
    }

    @Test
    void positionsCountOffAllTexts() {
        TextExpression texts = ExpressionParser.parse("(a|b[0-2]?){1,2}");
        Set<String> written = new HashSet<>();
        for (long position = 0; position < texts.count(); position++) {
            StringBuilder text = new StringBuilder();
            texts.write(position, text);
            written.add(text.toString());
        }
        assertThat(texts.count()).isEqualTo(5 + 5 * 5);
        assertThat(written).hasSize(30);
    }

    @ParameterizedTest
    @ValueSource(strings = { "(?=a)b", "(?i)a", "\\bword", "(a)\\1", "a$b", "a^", "[z-a]", "(a", "a)", "a{3,1}", "a{99999}",
            "*a", "[",
            "\\", "[^ -~]", "\\p{Greek}" })
    void whatCannotBeDrawnIsRefusedWithItsPlace(String expression) {
        assertThatThrownBy(() -> ExpressionParser.parse(expression)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("has the expression " + expression).hasMessageContaining(" at ");
    }
}
