package io.freshet.model.meaning;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntFunction;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.freshet.model.SynthesisMethod;
import io.freshet.model.SynthesisModel;

/** Forms of texts, part by part. */
class TextFormsTest {

    private final SplittableRandom random = new SplittableRandom(11);

    /** The texts of one column, drawn from a model of these. */
    private List<String> drawn(int rows, int count, IntFunction<String> text) {
        Table real = Table.of("n\tt", rows, i -> i % 7 + "\t" + text.apply(i));
        List<String> drawn = Table.drawn(Table.reread(real.fit(SynthesisMethod.GAUSSIAN_COPULA)), 1, 0, count).column("t");
        assertThat(drawn.stream().filter(new HashSet<>(real.column("t"))::contains)).isEmpty();
        return drawn;
    }

    private int number(int from, int to) {
        return random.nextInt(from, to);
    }

    @Test
    void partsOfFewValuesKeepThemAndNumbersTheirRange() {
        assertThat(
                drawn(400, 1_000, i -> List.of("red", "blu").get(i % 2) + ":" + number(10, 60) + "." + number(0, 3_000) + "/x"))
                .allMatch(text -> text.matches("(red|blu):[1-5]\\d\\.\\d{1,4}/x"));
    }

    @Test
    void severalFormsComeByTheirShares() {
        List<String> drawn = drawn(1_000, 4_000,
                i -> i % 4 == 0 ? "T" + number(100_000, 999_999) : number(1_000, 9_999) + "-" + number(1_000, 9_999));
        assertThat(drawn).allMatch(text -> text.matches("T\\d{6}|\\d{4}-\\d{4}"));
        assertThat(drawn.stream().filter(text -> text.startsWith("T")).count() / 4_000.0).isBetween(.22, .28);
    }

    @Test
    void otherAlphabetsStay() {
        String letters = "бвгджзклмнпрст";
        assertThat(drawn(300, 500, i -> letters.charAt(number(0, 14)) + "" + letters.charAt(number(0, 14)) + "-"
                + number(100_000, 999_999) + " №" + number(1, 9))).allMatch(text -> text.matches("[а-я]{2}-\\d{6} №\\d"));
    }

    @Test
    void keysThatFillMuchOfTheirFormAreNew() {
        Table real = Table.of("key\tn", 15_000, i -> "K" + (10_000 + i * 6) + "\t" + i % 7);
        List<String> drawn = Table.drawn(real.fit(SynthesisMethod.GAUSSIAN_COPULA), 1, 0, 20_000).column("key");

        assertThat(drawn).doesNotHaveDuplicates().doesNotContainAnyElementsOf(real.column("key"))
                .allMatch(key -> key.matches("K\\d{5,6}"));
    }

    /** Of 400 numbers the table has 280, in no order, as when it is one part of a greater table. */
    @Test
    void numbersOfRowsKeepTheirWidthUntilTheyRunOut() {
        Table real = Table.of("id\tn", 280, i -> 1 + (i * 143 + 7) % 400 + "\t" + i % 7);
        SynthesisModel model = Table.reread(real.fit(SynthesisMethod.GAUSSIAN_COPULA));
        List<String> drawn = Table.drawn(model, 1, 0, 600).column("id");

        assertThat(drawn).doesNotHaveDuplicates().allMatch(id -> id.matches("[1-9]\\d{0,2}"))
                .doesNotContainAnyElementsOf(real.column("id"));
        assertThat(Table.drawn(model, 1, 0, 2_000).column("id")).doesNotHaveDuplicates();
    }

    @Test
    void networkAddressesAreOnes() {
        assertThat(drawn(300, 5_000, i -> "172.16." + number(0, 256) + "." + number(1, 255)))
                .allMatch(text -> text.matches("172\\.16(\\.(1?\\d?\\d|2[0-4]\\d|25[0-5])){2}"));
        assertThat(drawn(300, 500, i -> String.format("%02X-%02X-%02X-%02X-%02X-%02X", number(0, 256), number(0, 256),
                number(0, 256), number(0, 256), number(0, 256), number(0, 256))))
                .allMatch(text -> text.matches("[0-9A-F]{2}(-[0-9A-F]{2}){5}"));
    }

    @ParameterizedTest
    @CsvSource({ "LUHN, 5#############08", "EAN, 40###########", "IBAN, DE########## ##########", "ISBN_10, 3-###-#####-#" })
    void checkDigitsAreRight(CheckDigits check, String form) {
        List<String> drawn = drawn(200, 500, i -> {
            StringBuilder text = new StringBuilder();
            form.chars().forEach(c -> text.append(c == '#' ? (char) ('0' + number(0, 10)) : (char) c));
            check.fix(text, 0);
            return text.toString();
        });
        assertThat(drawn).allMatch(check::isRight).allMatch(text -> text.length() == form.length());
    }

    @Test
    void keysAreUniqueAndNewAndGrowWhenTheirFormRunsOut() {
        List<String> drawn = drawn(100, 3_000, i -> String.format("AB-%03d", 2 * i));
        assertThat(drawn).doesNotHaveDuplicates().allMatch(text -> text.matches("AB-\\d{3,4}"));
        assertThat(drawn.subList(0, 500)).allMatch(text -> text.length() == 6);
    }

    @Test
    void proseIsMadeUpAndAsLong() {
        List<String> words = List.of("Pumpe", "Motor", "Lager", "Ventil", "Dichtung", "Riemen", "Getriebe", "Sensor", "Filter");
        List<String> drawn = drawn(300, 500, i -> {
            StringBuilder text = new StringBuilder("Der");
            int length = number(5, 9);
            for (int k = 0; k < length; k++) {
                text.append(k % 2 == 0 ? ' ' + words.get(number(0, 9)) : " der").append(k == 2 ? "," : "");
            }
            return text.append('.').toString();
        });
        assertThat(drawn).allMatch(text -> text.endsWith(".") && Character.isUpperCase(text.charAt(0)))
                .allMatch(text -> text.split(" ").length >= 6 && text.split(" ").length <= 10)
                .noneMatch(text -> words.stream().anyMatch(text::contains));
        assertThat(String.join(" ", drawn)).contains(" der ");
    }

    @Test
    void streetsAndCompaniesLookLikeSome() {
        List<String> streets = WordList.of(WordList.Kind.STREET, "en").words();
        assertThat(drawn(500, 500, i -> number(1, 900) + " " + streets.get(number(0, streets.size())) + " "
                + List.of("St", "Ave", "Rd").get(i % 3))).allMatch(text -> text.matches("\\d{1,3} [A-Z]\\w+ (St|Ave|Rd)"));
    }

    @Test
    void townsAgreeWithTheStateOfTheRow() {
        List<Place> places = Places.all().stream().filter(place -> place.countryCode().equals("US")).toList();
        Table real = Table.of("city\tstate\tzip", 3_000, i -> {
            Place place = places.get(number(0, places.size()));
            String district = " " + (char) ('A' + number(0, 26)) + (char) ('a' + number(0, 26)) + (char) ('a' + number(0, 26));
            return place.city() + (i % 3 == 0 ? "" : district) + "\t"
                    + place.stateCode() + "\t" + String.format("%05d", number(1_000, 99_999));
        });
        Table drawn = Table.drawn(Table.reread(real.fit(SynthesisMethod.TREES)), 1, 0, 1_000);
        for (String line : drawn.lines()) {
            String[] row = line.split("\t");
            assertThat(places).anyMatch(place -> place.city().equals(row[0]) && place.stateCode().equals(row[1])
                    && place.postalCode().equals(row[2]));
        }
    }
}
