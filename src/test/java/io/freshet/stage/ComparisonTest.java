package io.freshet.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.freshet.event.FieldPath;

class ComparisonTest {

    private static final Map<String, @Nullable Object> RECORD = record();

    private static Map<String, @Nullable Object> record() {
        Map<String, @Nullable Object> record = Stages.fields("""
                {'n': 7, 'x': 2.5, 't': 'west', 'yes': true, 'nothing': null, 'at': '2026-03-01T11:30:00Z',
                 'in': {'deep': {'er': 'here'}}, 'list': ['a', 'b'], 'a.b': 'pointed'}""");
        record.put("money", new BigDecimal("12.30"));
        return record;
    }

    private static boolean test(String field, String operator, @Nullable Object value) {
        return Comparison.of(FieldPath.of(field), Operator.find(operator).orElseThrow(), value).test(RECORD, Stages.NOW);
    }

    @ParameterizedTest
    @CsvSource({ "n,greater_than,6,true", "n,greater_than,7,false", "n,greater_or_equal,7,true", "n,less_than,7.5,true",
            "n,less_or_equal,6.9,false", "x,greater_than,2,true", "x,less_than,2.5,false", "money,greater_than,12.29,true",
            "money,less_or_equal,12.3,true", "t,greater_than,1,false", "nothing,less_than,1,false",
            "absent,less_than,1,false" })
    void ordersNumbersAndNothingElseByNumber(String field, String operator, double value, boolean expected) {
        assertThat(test(field, operator, value)).isEqualTo(expected);
    }

    @Test
    void comparesWholeNumbersExactly() {
        RECORD.put("big", 9_007_199_254_740_993L);

        assertThat(test("big", "greater_than", 9_007_199_254_740_992L)).isTrue();
        assertThat(test("big", "equals", 9_007_199_254_740_992L)).isFalse();
        assertThat(test("big", "equals", 9_007_199_254_740_993L)).isTrue();
    }

    @Test
    void findsEqualValuesWhateverTheyAreHeldIn() {
        assertThat(test("n", "equals", 7L)).isTrue();
        assertThat(test("n", "equals", 7.0)).isTrue();
        assertThat(test("money", "equals", 12.3)).isTrue();
        assertThat(test("n", "equals", "7")).isFalse();
        assertThat(test("yes", "equals", true)).isTrue();
        assertThat(test("in.deep.er", "equals", "here")).isTrue();
        assertThat(test("list.1", "equals", "b")).isTrue();
        assertThat(test("a.b", "equals", "pointed")).isTrue();
        assertThat(test("t", "not_equals", "east")).isTrue();
        assertThat(test("absent", "not_equals", "east")).isTrue();
        assertThat(test("absent", "equals", null)).isFalse();
        assertThat(test("nothing", "equals", null)).isTrue();
    }

    @Test
    void looksIntoListsAndTexts() {
        List<@Nullable Object> some = new ArrayList<>(Arrays.asList("west", 7.0, null));

        assertThat(test("t", "in", some)).isTrue();
        assertThat(test("n", "in", some)).isTrue();
        assertThat(test("nothing", "in", some)).isTrue();
        assertThat(test("absent", "in", some)).isFalse();
        assertThat(test("absent", "not_in", some)).isTrue();
        assertThat(test("x", "not_in", some)).isTrue();
        assertThat(test("t", "contains", "es")).isTrue();
        assertThat(test("t", "contains", "ES")).isFalse();
        assertThat(test("list", "contains", "b")).isTrue();
        assertThat(test("list", "contains", "c")).isFalse();
        assertThat(test("t", "exists", true)).isTrue();
        // null does not count as a value
        assertThat(test("nothing", "exists", true)).isFalse();
        assertThat(test("nothing", "exists", false)).isTrue();
        assertThat(test("in.deep.no", "exists", false)).isTrue();
    }

    @Test
    void comparesTimesWithTheClock() {
        // the record is half an hour old
        assertThat(test("at", "greater_than", RelativeTime.parse("now-1h").orElseThrow())).isTrue();
        assertThat(test("at", "greater_than", RelativeTime.parse("now-20m").orElseThrow())).isFalse();
        assertThat(test("at", "less_than", RelativeTime.parse("now").orElseThrow())).isTrue();
        assertThat(test("at", "less_than", "2026-03-01T12:00:00+01:00")).isFalse();
        assertThat(test("at", "greater_than", "2026-03-01")).isTrue();
        assertThat(test("t", "less_than", RelativeTime.parse("now").orElseThrow())).isFalse();
        assertThat(RelativeTime.parse("now-1w")).isEmpty();
    }

    @Test
    @Timeout(10)
    void noPatternTakesForever() {
        Map<String, @Nullable Object> hard = new LinkedHashMap<>(Map.of("t", "a".repeat(50_000) + "!"));

        assertThat(Comparison.of(FieldPath.of("t"), Operator.MATCHES, "^(a+)+$").test(hard, 0)).isFalse();
        assertThat(test("t", "matches", "^w.st$")).isTrue();
        assertThat(test("t", "matches", "es")).isTrue();
        assertThat(test("n", "matches", "7")).isFalse();
    }

    @Test
    void refusesValuesThatAnOperatorCannotTake() {
        assertThatIllegalArgumentException().isThrownBy(() -> test("t", "matches", "(")).withMessageContaining("RE2");
        assertThatIllegalArgumentException().isThrownBy(() -> test("t", "in", "west")).withMessageContaining("list");
        assertThatIllegalArgumentException().isThrownBy(() -> test("t", "less_than", true)).withMessageContaining("number");
    }

    @Test
    void conditionsAreTiedTogether() {
        Condition yes = (fields, now) -> true;
        Condition no = Condition.not(yes);

        assertThat(Condition.all(List.of(yes, no)).test(RECORD, 0)).isFalse();
        assertThat(Condition.all(List.of(yes, yes)).test(RECORD, 0)).isTrue();
        assertThat(Condition.any(List.of(no, yes)).test(RECORD, 0)).isTrue();
        assertThat(Condition.any(List.of(no, no)).test(RECORD, 0)).isFalse();
    }
}
