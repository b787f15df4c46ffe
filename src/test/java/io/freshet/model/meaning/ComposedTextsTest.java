package io.freshet.model.meaning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.freshet.model.ColumnSummary;
import io.freshet.model.SynthesisMethod;
import io.freshet.model.SynthesisModel;
import io.freshet.model.TextOptions;
import io.freshet.model.report.ModelSummary;

/** Texts that are made of other columns of their row. */
class ComposedTextsTest {

    private static final List<String> FIRST = List.of("Jürgen", "Zoë", "Olaf", "Núria", "Birte", "Kai", "Léon", "Ulla", "Tom",
            "Rosa");
    private static final List<String> LAST = List.of("Müller", "Jäger", "Çelik", "Groß", "Ode", "Pohl", "Ibáñez", "Krug");
    private static final List<String> DOMAINS = List.of("mail.test", "büro.test", "post.example");

    private static Table people(int rows) {
        SplittableRandom random = new SplittableRandom(5);
        return Table.of("given\tfamily\tfull\tmail\tuser\tcity\tstate\tlabel", rows, i -> {
            String first = FIRST.get(random.nextInt(FIRST.size()));
            String last = LAST.get(random.nextInt(LAST.size()));
            String a = TextChange.FOLDED.apply(first);
            String b = TextChange.FOLDED.apply(last);
            String local = random.nextInt(10) < 7 ? a + "." + b : a.charAt(0) + b + random.nextInt(10, 100);
            String city = List.of("Roma", "Oslo", "Graz").get(random.nextInt(3));
            String state = List.of("XA", "XB").get(random.nextInt(2));
            return String.join("\t", first, last, last.toUpperCase(Locale.ROOT) + ", " + first,
                    random.nextInt(10) == 0 ? "" : local + "@" + DOMAINS.get(random.nextInt(3)), b + "_" + a.charAt(0), city,
                    state, city + " (" + state + ")");
        });
    }

    @ParameterizedTest
    @EnumSource(value = SynthesisMethod.class, names = { "GAUSSIAN_COPULA", "TREES", "INDEPENDENT" })
    void namesAddressesAndLabelsAreThoseOfTheirRow(SynthesisMethod method) {
        Table real = people(2_000);
        Table drawn = Table.drawn(Table.reread(real.fit(method)), 3, 0, 3_000);

        int initials = 0;
        int missing = 0;
        for (String line : drawn.lines()) {
            String[] row = line.split("\t", -1);
            assertThat(row[2]).isEqualTo(row[1].toUpperCase(Locale.ROOT) + ", " + row[0]);
            String a = TextChange.FOLDED.apply(row[0]);
            String b = TextChange.FOLDED.apply(row[1]);
            String domain = "@(mail\\.test|büro\\.test|post\\.example)";
            assertThat(row[3]).matches("|" + a + "\\." + b + domain + "|" + a.charAt(0) + b + "\\d\\d" + domain);
            initials += row[3].startsWith(a.charAt(0) + b) ? 1 : 0;
            missing += row[3].isEmpty() ? 1 : 0;
            assertThat(row[4]).isEqualTo(b + "_" + a.charAt(0));
            assertThat(row[7]).isEqualTo(row[5] + " (" + row[6] + ")");
        }
        assertThat(initials / 3_000.0).isBetween(.22, .32);
        assertThat(missing / 3_000.0).isBetween(.07, .13);
    }

    @Test
    void theSummaryOfAModelSaysWhatTextsAre() {
        ModelSummary summary = ModelSummary.of(people(2_000).fit(SynthesisMethod.TREES));

        assertThat(summary.columns()).extracting(ColumnSummary::name, ColumnSummary::meaning).contains(
                tuple("mail", "email"), tuple("full", null), tuple("state", null));
    }

    @Test
    void aRowIsTheSameInAnyBlockAndOfAnyOrderOfTheTable() {
        Table real = people(600);
        SynthesisModel model = real.fit(SynthesisMethod.GAUSSIAN_COPULA);
        List<String> all = Table.drawn(model, 7, 1_000, 300).lines();

        assertThat(Table.drawn(model, 7, 1_200, 100).lines()).isEqualTo(all.subList(200, 300));
        assertThat(Table.drawn(Table.reread(model), 7, 1_000, 300).lines()).isEqualTo(all);
        List<String> sorted = real.lines().stream().sorted().toList();
        assertThat(Table.drawn(new Table(real.header(), sorted).fit(SynthesisMethod.GAUSSIAN_COPULA), 7, 1_000, 300).lines())
                .isEqualTo(all);
    }

    @Test
    void whereTheNamesAreTextsThemselvesAllAreMadeUp() {
        SplittableRandom random = new SplittableRandom(2);
        List<String> first = WordList.of(WordList.Kind.FIRST_NAME, "de").words();
        List<String> last = WordList.of(WordList.Kind.LAST_NAME, "de").words();
        Table real = Table.of("Name\tE-Mail", 500, i -> {
            String a = first.get(random.nextInt(first.size()));
            String b = last.get(random.nextInt(last.size()));
            return a + " " + b + "\t" + TextChange.FOLDED_UMLAUTS.apply(a).charAt(0) + "." + TextChange.FOLDED_UMLAUTS.apply(b)
                    + "@firma" + i % 3 + ".example";
        });

        Table drawn = Table.drawn(real.fit(SynthesisMethod.GAUSSIAN_COPULA), 1, 0, 2_000);

        assertThat(drawn.column("Name")).doesNotContainAnyElementsOf(real.column("Name"))
                .allMatch(name -> first.contains(name.split(" ", 2)[0]) && last.contains(name.split(" ", 2)[1]));
        for (String line : drawn.lines()) {
            String[] row = line.split("\t");
            String[] name = row[0].split(" ", 2);
            assertThat(row[1]).matches(TextChange.FOLDED_UMLAUTS.apply(name[0]).charAt(0) + "\\."
                    + TextChange.FOLDED_UMLAUTS.apply(name[1]) + "@firma[012]\\.example");
        }
    }

    @Test
    void whereOneIsMissingTheOtherIsMadeUpInAFormOfItsOwn() {
        SplittableRandom random = new SplittableRandom(4);
        Table real = Table.of("sku\tcode\tn", 1_000, i -> {
            String sku = i % 4 == 0 ? "" : List.of("PEN", "CUP", "BAG", "HAT").get(random.nextInt(4));
            return sku + "\t" + (sku.isEmpty() ? "unknown" : sku + "-" + random.nextInt(1_000, 10_000)) + "\t" + i % 7;
        });

        Table drawn = Table.drawn(real.fit(SynthesisMethod.TREES), 1, 0, 2_000);

        for (String line : drawn.lines()) {
            String[] row = line.split("\t", -1);
            assertThat(row[1]).matches(row[0].isEmpty() ? "unknown" : row[0] + "-\\d{4}");
        }
    }

    @Test
    void aColumnThatShowsByChanceIsNotASource() {
        SplittableRandom random = new SplittableRandom(8);
        Table real = Table.of("letter\tword", 400, i -> (char) ('a' + random.nextInt(4)) + "b\t"
                + random.ints(8, 'a', 'e').collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append));
        MeaningPlan plan = MeaningPlan.of(real.read(), name -> false, TextOptions.defaults());
        assertThat(plan.columns()).allMatch(column -> column.forms().stream().allMatch(form -> form.sources().isEmpty()));
    }
}
