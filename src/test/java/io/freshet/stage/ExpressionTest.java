package io.freshet.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.freshet.event.FieldPath;

class ExpressionTest {

    private static final String RECORD = "{'n': 5, 'x': 2.5, 's': 'abc', 'none': null, 'yes': true, 'l': [1, null, 3], "
            + "'payload': {'amount': 7, 'nothing': null}, 'Cost $': 12, 'at': '2026-03-01T11:30:00Z'}";

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            n > 3 && x < 3 && s.startsWith('a')                | true
            double(n) * x                                      | 12.5
            n + 1                                              | 6
            s + '!'                                            | abc!
            none == null && absent == null                     | true
            payload.amount * 2                                 | 14
            payload.nothing == null                            | true
            has(payload.amount) && !has(payload.more)          | true
            l.exists(i, i == 3) && !l.all(i, i == null)       | true
            l.filter(i, i != null)                             | [1, 3]
            record['Cost $'] > 10                              | true
            record['x'] > 2                                    | true
            record['payload']['amount'] > 6.5                  | true
            l[2] > 2.5                                         | true
            s.upperAscii()                                     | ABC
            ' a-b '.trim().split('-').join('+')                | a+b
            s.substring(1).replace('b', 'x')                   | xc
            s.indexOf('c')                                     | 2
            math.greatest(n, 7)                                | 7
            math.round(x)                                      | 3.0
            math.abs(-n)                                       | 5
            timestamp(at) > now - duration('1h')               | true
            now                                                | 2026-03-01T12:00:00Z
            duration('90s')                                    | 90.0
            s.matches('^a.c$')                                 | true
            type(n) == int ? 'whole' : 'other'                 | whole
            {'a': n, 'b': none}                                | {a=5, b=null}
            none                                               | null
            n == 5.0                                           | true
            """)
    void saysSomethingOfARecord(String text, String expected) {
        assertThat(String.valueOf(Expression.of(text).of(Stages.fields(RECORD), Stages.NOW))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            n +            | mismatched input '<EOF>'                 | in line 1 at 4
            Foo{a: 1}      | undeclared reference to 'Foo'            | in line 1 at 4
            nonsense(n)    | undeclared reference to 'nonsense'       | in line 1 at 9
            1 + 'a'        | no matching overload for '_+_'           | in line 1 at 3
            s.matches(n,n) | no matching overload for 'matches'       | in line 1 at 10
            """)
    void mistakesAreFoundWhereTheyAre(String text, String what, String where) {
        assertThatIllegalArgumentException().isThrownBy(() -> Expression.of(text)).withMessageContaining(what)
                .withMessageContaining(where);
    }

    @Test
    void typesThatAreKnownAreChecked() {
        assertThat(Expression.of("n > 3 && (x == null || x < 2.0)",
                Map.of("n", FieldType.WHOLE, "x", FieldType.NUMBER_OR_NULL)).mayBeCondition()).isTrue();
        assertThatIllegalArgumentException().isThrownBy(() -> Expression.of("s > 3", Map.of("s", FieldType.TEXT)))
                .withMessageContaining("'(string, int)', in line 1 at 3");
        assertThat(Expression.of("n * 2", Map.of("n", FieldType.WHOLE)).type()).isEqualTo(FieldType.WHOLE);
        assertThat(Expression.of("s + '!'").type()).isEqualTo(FieldType.TEXT);
        assertThat(Expression.of("s").type()).isEqualTo(FieldType.ANY);
    }

    @Test
    void knowsWhichFieldsItReads() {
        assertThat(
                Expression.of("a.b + c['d'] > 1 && l.exists(i, i == e) && type(f) == string && record.g && now > h").fields())
                .containsExactly("a", "c", "e", "f", "h", "l");
    }

    @Test
    void isBounded() {
        assertThatIllegalArgumentException().isThrownBy(() -> Expression.of("(".repeat(200) + "1" + ")".repeat(200)));
        assertThatIllegalArgumentException().isThrownBy(() -> Expression.of("'" + "a".repeat(5_000) + "'"));
        List<Long> many = java.util.stream.LongStream.range(0, 1_000).boxed().toList();
        Map<String, @Nullable Object> record = new HashMap<>(Map.of("l", many));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Expression.of("l.all(a, l.all(b, l.all(c, a + b + c >= 0)))").of(record, 0))
                .withMessageContaining("cannot be computed");
        assertThat(Expression.of("l.all(a, a >= 0)").of(record, 0)).isEqualTo(true);
    }

    @Test
    void aRecordThatItCannotBeSaidOfIsRejectedAlone() {
        StagePipeline chain = Stages.chain(new Filter(Condition.of(Expression.of("n > 3"))),
                new Transform(List.of(Operation.compute(Expression.of("n * 2"), FieldPath.of("twice.n")))));

        Processed processed = chain.process(List.of(Stages.record(0, "{'n': 4}"), Stages.record(1, "{'n': 'four'}"),
                Stages.record(2, "{'n': 1}"), Stages.record(3, "{}")), Stages.NOW);

        assertThat(processed.records()).singleElement()
                .satisfies(record -> assertThat(record.fields()).hasToString("{n=4, twice={n=8}}"));
        assertThat(processed.rejected()).hasSize(2).allSatisfy(
                each -> assertThat(each.reason()).startsWith("the expression n > 3 cannot be computed: No matching overload"));
    }

    @ParameterizedTest
    @CsvSource({ "int(x), \"abc\" is not a number", "uint(x), \"abc\" is not a number", "double(x), \"abc\" is not a number",
            "timestamp(x), Text 'abc' could not be parsed at index 0", "1 % 0, it divides by zero" })
    void reasonsDoNotNameClasses(String expression, String reason) {
        assertThatIllegalArgumentException().isThrownBy(() -> Expression.of(expression).of(Map.of("x", "abc"), 0))
                .withMessageEndingWith("cannot be computed: " + reason);
    }

    @Test
    void decimalsAreDoubles() {
        Map<String, @Nullable Object> record = new HashMap<>(Map.of("d", new BigDecimal("1.5")));
        assertThat(Expression.of("d * 2.0").of(record, 0)).isEqualTo(3.0);
    }
}
