package io.freshet.model.marginal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.freshet.model.Conditions;
import io.freshet.model.DrawnRows;
import io.freshet.model.SampleTables;
import io.freshet.model.SynthesisMethod;
import io.freshet.model.fit.ModelFitter;
import io.freshet.table.ColumnType;
import io.freshet.table.Schema;
import io.freshet.table.TableSample;
import io.freshet.table.TextVector;

class TextPatternTest {

    private static List<String> drawn(List<String> samples, ColumnType type, int rows) {
        TextVector texts = TextVector.create(samples.size());
        for (int i = 0; i < samples.size(); i++) {
            texts.append(i, samples.get(i));
        }
        TableSample sample = SampleTables.sample(new Schema(List.of(SampleTables.column("t", type))), List.of(texts),
                new long[1], List.of(List.of()));
        DrawnRows drawn = DrawnRows.of(ModelFitter.fit(sample, SynthesisMethod.GAUSSIAN_COPULA), 1, Conditions.none(), 0, rows);
        return IntStream.range(0, rows).mapToObj(i -> drawn.text("t", i)).toList();
    }

    @Test
    void keysKeepTheirPrefixAndDigitsAndNeverRepeat() {
        List<String> keys = drawn(IntStream.range(0, 500).mapToObj(i -> String.format("CUST-%05d", i * 199)).toList(),
                new ColumnType.Identifier(false), 20_000);
        assertThat(keys).allMatch(key -> key.matches("CUST-\\d{5}")).doesNotHaveDuplicates();
    }

    @Test
    void keysStayUniqueWhenTheirDigitsAreUsedUp() {
        List<String> keys = drawn(IntStream.range(0, 90).mapToObj(i -> "K" + (10 + i)).toList(),
                new ColumnType.Identifier(false), 5_000);
        assertThat(keys).doesNotHaveDuplicates().allMatch(key -> key.matches("K\\d{2,6}"));
        assertThat(keys.subList(0, 90)).allMatch(key -> key.length() == 3);
    }

    @Test
    void numericKeysAreNumbersWithoutLeadingZeros() {
        List<String> keys = drawn(IntStream.range(0, 300).mapToObj(i -> Integer.toString(100_000 + 17 * i)).toList(),
                new ColumnType.Identifier(true), 3_000);
        assertThat(keys).allMatch(key -> key.matches("[1-9]\\d*")).doesNotHaveDuplicates();
    }

    @Test
    void uuidsStayUuidsOfTheirVersionAndVariant() {
        SplittableRandom random = new SplittableRandom(9);
        List<String> real = IntStream.range(0, 400).mapToObj(i -> UUID.nameUUIDFromBytes(
                Long.toString(random.nextLong()).getBytes(StandardCharsets.UTF_8)).toString()).toList();
        List<String> made = drawn(real, new ColumnType.Identifier(false), 2_000);
        assertThat(made).doesNotHaveDuplicates().doesNotContainAnyElementsOf(real)
                .allMatch(text -> UUID.fromString(text).version() == 3 && UUID.fromString(text).variant() == 2);
    }

    @Test
    void proseHasAsManyWordsButNoneOfTheRealOnes() {
        List<String> real = IntStream.range(0, 200)
                .mapToObj(i -> "Patient " + i + " complained about a headache and nausea").toList();
        List<String> made = drawn(real, new ColumnType.FreeText(), 1_000);
        double words = made.stream().mapToInt(text -> text.split(" ").length).average().orElse(0);
        assertThat(words).isBetween(6.0, 10.0);
        Set<String> vocabulary = new HashSet<>();
        made.forEach(text -> vocabulary.addAll(List.of(text.split(" "))));
        assertThat(vocabulary).doesNotContain("Patient", "complained", "headache", "nausea");
    }
}
