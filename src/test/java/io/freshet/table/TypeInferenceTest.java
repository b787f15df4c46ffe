package io.freshet.table;

import static io.freshet.table.Tables.column;
import static io.freshet.table.Tables.csv;
import static io.freshet.table.Tables.missing;
import static io.freshet.table.Tables.refusal;
import static io.freshet.table.Tables.type;
import static io.freshet.table.Tables.typeName;
import static io.freshet.table.Tables.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TypeInferenceTest {

    private static TableSample rows(String name, int rows, IntFunction<String> value) {
        return csv(name + IntStream.range(0, rows).mapToObj(i -> "\n" + value.apply(i)).collect(Collectors.joining()));
    }

    @Test
    void integersFillSixtyThreeBitsExactly() {
        TableSample table = column("9223372036854775799", "-9007199254740993", "0", "-0");
        assertThat(type(table, "x")).isEqualTo(new ColumnType.Whole());
        assertThat(values(table, "x")).containsExactly("9223372036854775799", "-9007199254740993", "0", "0");
    }

    @Test
    void decimalsHaveTheMaximumNumberOfDigits() {
        TableSample table = column("1.5", "2", "-0.125", ".5");
        assertThat(type(table, "x")).isEqualTo(new ColumnType.Decimal(3));
        assertThat(values(table, "x")).containsExactly("1500", "2000", "-125", "500");
    }

    @Test
    void aRoundingErrorOfDoublesDoesNotEndAColumnOfDecimals() {
        TableSample table = column("59.855", "36.361999999999995", "22.9", "100.00000000000001");
        assertThat(type(table, "x")).isEqualTo(new ColumnType.Decimal(3));
        assertThat(values(table, "x")).containsExactly("59855", "36362", "22900", "100000");
        assertThat(type(column("0.1", "4.318063334962762"), "x")).isEqualTo(new ColumnType.Decimal(15));
    }

    @Test
    void numbersThatDoNotFitScaledIntegersAreFloating() {
        assertThat(values(column("0.1", "1e-7", "3"), "x")).containsExactly("0.1", "1.0E-7", "3.0");
        assertThat(type(column("9007199254740.993", "1"), "x")).isEqualTo(new ColumnType.Floating());
        assertThat(type(column("900719925474.0991", "1"), "x")).isEqualTo(new ColumnType.Decimal(4));
    }

    @ParameterizedTest
    @CsvSource({ "007, 008", "+49, +50", "1_000, 2_000", "12345678901234567890, 12345678901234567891", "1-2, 2-3" })
    void textThatMerelyLooksLikeANumberRemainsText(String first, String second) {
        TableSample table = column(first, second, first);
        assertThat(typeName(table, "x")).isEqualTo("categorical");
        assertThat(values(table, "x")).containsExactly(first, second, first);
    }

    @ParameterizedTest
    @CsvSource({ "true,false", "TRUE,FALSE", "Yes,No", "y,n", "T,F", "on,off" })
    void oppositesAreBooleansInTheirSpelling(String yes, String no) {
        TableSample table = column(yes, no, yes, "");
        assertThat(type(table, "x")).isEqualTo(new ColumnType.Bool(no, yes));
        table = csv("x,y\n" + yes + ",1\n" + no + ",1\n,1\n" + yes + ",1\n");
        assertThat(table.valueCounts().get(0)).containsExactly(1L, 2L);
        assertThat(missing(table, "x")).isEqualTo(1);
    }

    @Test
    void severalSpellingsOfABooleanBecomeTheMostFrequentOne() {
        TableSample table = column("True", "TRUE", "TRUE", "false", "FALSE", "false");
        assertThat(type(table, "x")).isEqualTo(new ColumnType.Bool("false", "TRUE"));
        assertThat(table.valueCounts().get(0)).containsExactly(3L, 3L);
    }

    @Test
    void aBooleanThatJsonWritesInOtherWordsHasANotice() {
        assertThat(column("yes", "no", "yes", "no").notices()).singleElement()
                .satisfies(notice -> assertThat(notice.message()).contains("yes and no", "type.x=categorical"));
        assertThat(column("True", "False", "True", "False").notices()).isEmpty();
        assertThat(csv("x,y\nyes,1\nno,1\n", "x", "boolean").notices()).isEmpty();
    }

    @Test
    void zeroAndOneStayIntegers() {
        assertThat(typeName(column("0", "1", "1"), "x")).isEqualTo("integer");
    }

    @Test
    void noneIsACategoryAmongWordsAndMissingAmongNumbers() {
        TableSample words = column("None", "Minor", "None");
        assertThat(typeName(words, "x")).isEqualTo("categorical");
        assertThat(missing(words, "x")).isZero();
        TableSample numbers = column("3", "None", "5", "-inf", "Infinity", "-");
        assertThat(typeName(numbers, "x")).isEqualTo("integer");
        assertThat(values(numbers, "x")).containsExactly("3", null, "5", null, null, null);
        assertThat(missing(numbers, "x")).isEqualTo(4);
    }

    @Test
    void missingMarkersCanBeChosen() {
        String text = "x,y\n-999,NA\n7,b\n9,b\n";
        TableSample table = Tables.read(text.getBytes(java.nio.charset.StandardCharsets.UTF_8), TableFormat.CSV,
                ReadOptions.defaults().withMissingMarkers(Set.of("-999")));
        assertThat(missing(table, "x")).isEqualTo(1);
        assertThat(values(table, "y")).containsExactly("NA", "b", "b");
    }

    @Test
    void categoriesAreSortedAndCountedOverAllRows() {
        TableSample table = column("b", "c", "a", "b", "b");
        assertThat(((TextDictionary) ((CodedVector) table.rows().vector(0)).dictionary()).texts()).containsExactly("a", "b",
                "c");
        assertThat(table.valueCounts().get(0)).containsExactly(1L, 3L, 1L);
    }

    @Test
    void oneValueIsAConstantWithItsJsonLiteral() {
        assertThat(type(column("7", "7"), "x")).isEqualTo(new ColumnType.Constant("7", "7"));
        assertThat(type(column("a\tb"), "x")).isEqualTo(new ColumnType.Constant("a\tb", "\"a\\tb\""));
        assertThat(type(column("007"), "x")).isEqualTo(new ColumnType.Constant("007", "\"007\""));
    }

    @Test
    void aColumnWithoutValuesIsMissing() {
        TableSample table = csv("x,y\n,1\nNA,2\n?,3\n");
        assertThat(type(table, "x")).isEqualTo(new ColumnType.Missing());
        assertThat(missing(table, "x")).isEqualTo(3);
        assertThat(table.schema().column(0).nullable()).isTrue();
    }

    @Test
    void uniqueIntegersAreKeysIfTheirNameSaysSoOrTheyNumberTheRows() {
        assertThat(type(rows("customer_id", 50, i -> "" + (i * 37 % 101)), "customer_id"))
                .isEqualTo(new ColumnType.Identifier(true));
        assertThat(type(rows("orderId", 50, i -> "" + (1000 + i)), "orderId")).isEqualTo(new ColumnType.Identifier(true));
        assertThat(typeName(rows("row_no", 100, i -> "" + i), "row_no")).isEqualTo("identifier");
        assertThat(typeName(rows("month", 120, i -> "" + i), "month")).isEqualTo("integer");
        assertThat(typeName(rows("year", 150, i -> "" + (1850 + i)), "year")).isEqualTo("integer");
        assertThat(typeName(rows("paid", 50, i -> "" + (i * 37 % 101)), "paid")).isEqualTo("integer");
        assertThat(typeName(rows("customer_id", 50, i -> "" + i % 7), "customer_id")).isEqualTo("integer");
    }

    @Test
    void uniqueTextsAreKeysOrProse() {
        assertThat(type(rows("k", 40, i -> new UUID(i, 5L * i).toString()), "k")).isEqualTo(new ColumnType.Identifier(false));
        assertThat(typeName(rows("mail", 40, i -> "who" + i + "@example.org"), "mail")).isEqualTo("identifier");
        assertThat(typeName(rows("note", 40, i -> "the quick fox number " + i), "note")).isEqualTo("text");
        assertThat(typeName(rows("person", 40, i -> "Jo " + "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOP".charAt(i) + "oe"),
                "person")).isEqualTo("text");
        assertThat(typeName(rows("few", 10, i -> "thing" + i), "few")).isEqualTo("categorical");
    }

    @Test
    void anOverrideWins() {
        String text = "zip,flag,amount,when\n1,0,5,2020-01-01\n2,1,6,2020-01-02\n2,1,7.0,2020-01-03\n";
        assertThat(typeName(csv(text, "zip", "categorical"), "zip")).isEqualTo("categorical");
        assertThat(type(csv(text, "zip", "identifier"), "zip")).isEqualTo(new ColumnType.Identifier(true));
        assertThat(typeName(csv(text, "zip", "text"), "zip")).isEqualTo("text");
        assertThat(type(csv(text, "flag", "boolean"), "flag")).isEqualTo(new ColumnType.Bool("0", "1"));
        assertThat(values(csv(text, "amount", "integer"), "amount")).containsExactly("5", "6", "7");
        assertThat(type(csv(text, "zip", "decimal"), "zip")).isEqualTo(new ColumnType.Decimal(1));
        assertThat(values(csv(text, "zip", "decimal"), "zip")).containsExactly("10", "20", "20");
        assertThat(values(csv(text, "zip", "floating"), "zip")).containsExactly("1.0", "2.0", "2.0");
        assertThat(typeName(csv(text, "when", "categorical"), "when")).isEqualTo("categorical");
    }

    @Test
    void aValueThatContradictsAnOverrideIsNamedWithColumnAndRow() {
        String text = "a,b\n1,2020-01-01\n2,2020-01-02\nthree,soon\n";
        assertThat(refusal(() -> csv(text, "a", "integer")))
                .isEqualTo("column a cannot be of type integer: row 3 has \"three\"");
        assertThat(refusal(() -> csv(text, "b", "datetime"))).contains("column b").contains("row 3 has \"soon\"");
        assertThat(refusal(() -> csv(text, "b", "boolean"))).contains("row 1 has \"2020-01-01\"");
        assertThat(refusal(() -> csv("a\n1\n2.5\n", "a", "integer"))).contains("row 2 has \"2.5\"");
    }

    @Test
    void anOverrideOfAnUnknownColumnOrTypeListsTheAllowedOnes() {
        assertThat(refusal(() -> csv("a,b\n1,2\n", "c", "integer"))).contains("no column c").contains("a, b");
        assertThatThrownBy(() -> ReadOptions.defaults().withOverrides(Map.of("a", "int"))).isInstanceOf(TableException.class)
                .hasMessageContaining("column a").hasMessageContaining("int;").hasMessageContaining(
                        "integer, decimal, floating, boolean, categorical, datetime, identifier, text");
    }
}
