package io.freshet.model.meaning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

import io.freshet.model.ConstraintException;
import io.freshet.model.FitOptions;
import io.freshet.model.SampleTables;
import io.freshet.model.SynthesisMethod;
import io.freshet.model.SynthesisModel;
import io.freshet.model.TextOptions;
import io.freshet.model.fit.FitNotices;
import io.freshet.model.fit.ModelFitter;
import io.freshet.table.ReadOptions;
import io.freshet.table.TableSample;

/** Texts whose meaning, or whose continuation, the owner of the table declares. */
class DeclaredTextsTest {

    private static final List<String> PEOPLE = List.of("Olaf", "Rosa", "Birte", "Kai", "Ulla", "Tom");

    private static SynthesisModel fit(String csv, TextOptions texts) {
        TableSample sample = SampleTables.csv(csv, texts.reading(ReadOptions.defaults()));
        return ModelFitter.fit(sample, SynthesisMethod.INDEPENDENT, FitOptions.defaults().withTexts(texts));
    }

    private static String csv(String header, java.util.function.IntFunction<String> row) {
        return header + "\n" + java.util.stream.IntStream.range(0, 300).map(i -> i * 7 % 300).mapToObj(row)
                .collect(Collectors.joining("\n"));
    }

    private static List<String> column(SynthesisModel model, long from, int index) {
        return Table.drawn(model, 5, from, 200).lines().stream().map(line -> line.split("\t", -1)[index]).toList();
    }

    @Test
    void sequencesContinueAfterTheLastValueByTheIndexOfTheRow() {
        String csv = csv("invoice,number,x", i -> "INV-%04d,%d,%d".formatted(i + 1, 5_000 + 10 * i, i % 7));
        SynthesisModel model = Table.reread(fit(csv, new TextOptions(true, Map.of())));

        assertThat(column(model, 0, 0)).startsWith("INV-0301", "INV-0302", "INV-0303");
        assertThat(column(model, 9_698, 0)).startsWith("INV-9999", "INV-10000");
        assertThat(column(model, 50, 0).get(0)).isEqualTo(column(model, 0, 0).get(50));
    }

    @Test
    void identifiersThatAreNoSequenceAreMadeUpAsEver() {
        String csv = csv("key,x", i -> "K-%d,%d".formatted(i * 7_919 % 100_003 + 10_000, i % 7));

        assertThat(column(fit(csv, new TextOptions(true, Map.of())), 0, 0))
                .isEqualTo(column(fit(csv, TextOptions.defaults()), 0, 0));
    }

    @Test
    void aNoticeSaysWhereASequenceContinues() {
        TableSample sample = SampleTables.csv(csv("ticket,x", i -> "T%d,%d".formatted(i + 1, i % 7)));

        assertThat(FitNotices.of(sample, ModelFitter.fitted(sample, SynthesisMethod.INDEPENDENT,
                FitOptions.defaults().withTexts(new TextOptions(true, Map.of())))))
                .anySatisfy(notice -> assertThat(notice.message()).contains("row 0 has T301"));
    }

    @Test
    void namesThatTheTableRepeatsAreMadeUpIfTheyAreDeclaredToBeNames() {
        String csv = csv("who,x", i -> PEOPLE.get(i % 6) + " Pohl" + "," + i % 7);
        Set<String> drawn = Set.copyOf(column(fit(csv, TextOptions.of(false, Map.of("who", "name"))), 0, 0));

        assertThat(drawn).hasSizeGreaterThan(50).allMatch(name -> name.matches("\\p{Lu}[^ ]+ \\p{Lu}.+"));
    }

    @Test
    void numbersOfADeclaredMeaningHaveItsCheckDigits() {
        String csv = csv("account,x", i -> (4_000_000_000_000_000L + i * 1_234_567_891L) + "," + i % 7);

        assertThat(column(fit(csv, TextOptions.of(false, Map.of("account", "card_number"))), 0, 0))
                .allMatch(text -> text.length() == 16 && CheckDigits.LUHN.isRight(text));
    }

    @Test
    void declaredAddressesArePlacesThatExistAndMailIsMail() {
        String csv = csv("a,b,c", i -> "x%d,q%dz,%d".formatted(i * 31 % 977, i * 17 % 991, i % 7));
        SynthesisModel model = fit(csv, TextOptions.of(false, Map.of("a", "city", "b", "email")));

        assertThat(column(model, 0, 0)).allMatch(city -> Places.contain(PlaceField.CITY, city));
        assertThat(column(model, 0, 1)).allMatch(mail -> mail.matches("[a-z]+\\.[a-z]+@example\\.(com|net|org)"));
    }

    @Test
    void noneKeepsOnlyTheForm() {
        String csv = csv("card,x", i -> {
            StringBuilder number = new StringBuilder((4_000_000_000_000_000L + i * 1_234_567_891L) + "");
            CheckDigits.LUHN.fix(number, 0);
            return number + "," + i % 7;
        });

        assertThat(column(fit(csv, TextOptions.defaults()), 0, 0)).allMatch(CheckDigits.LUHN::isRight);
        assertThat(column(fit(csv, TextOptions.of(false, Map.of("card", "none"))), 0, 0))
                .anyMatch(text -> !CheckDigits.LUHN.isRight(text));
    }

    @Test
    void anUnknownMeaningOrAnotherTypeIsRefused() {
        assertThatThrownBy(() -> TextOptions.of(false, Map.of("a", "mail"))).isInstanceOf(ConstraintException.class)
                .hasMessageContaining("meaning.a: unknown meaning mail; expected one of none, first_name");
        assertThatThrownBy(() -> TextOptions.of(false, Map.of("a", "email"))
                .reading(ReadOptions.defaults().withOverrides(Map.of("a", "integer"))))
                .isInstanceOf(ConstraintException.class).hasMessageContaining("expected one of identifier, text");
    }
}
