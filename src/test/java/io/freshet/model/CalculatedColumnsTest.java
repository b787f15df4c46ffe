package io.freshet.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.freshet.model.file.ModelFile;
import io.freshet.model.fit.ModelFitter;
import io.freshet.model.report.ModelSummary;
import io.freshet.table.TableSample;

/** Columns that are calculated from others in ways that a sum or a product of two does not describe. */
class CalculatedColumnsTest {

    private static final int DRAWN = 5_000;
    private static final List<String> RATES = List.of("7.5", "19", "21");

    /** Consignments: a client decides rate and term, and the state of a consignment what is charged. */
    private static TableSample consignments() {
        SplittableRandom random = new SplittableRandom(11);
        StringBuilder csv = new StringBuilder(
                "client,term,rate,worth,duty,length,width,height,litres,weighed,rated,total,share,"
                        + "state,charged,sent,due,met,stamp,day,promised,arrived,tardy\n");
        for (int row = 0; row < 4_000; row++) {
            int client = random.nextInt(30);
            int term = List.of(10, 20, 45).get(client % 3);
            double rate = Double.parseDouble(RATES.get(client % 3));
            double worth = (1_000 + random.nextInt(900_000)) / 100.;
            int length = 5 + random.nextInt(90);
            int width = 5 + random.nextInt(60);
            int height = 5 + random.nextInt(40);
            double litres = Math.round(length * width * height / 100.) / 10.;
            double weighed = (10 + random.nextInt(1_500)) / 10.;
            int total = 50 + random.nextInt(300);
            int part = random.nextInt(total);
            int state = random.nextInt(3);
            double charged = state == 0 ? 0 : state == 1 ? worth : Math.round(worth * 25) / 100.;
            LocalDate sent = LocalDate.of(2022, 1, 1).plusDays(random.nextInt(700));
            LocalDateTime stamp = sent.atTime(random.nextInt(24), random.nextInt(60));
            long promised = 1_000 + random.nextInt(5_000);
            long arrived = promised - 400 + random.nextInt(600);
            csv.append(String.format(Locale.ROOT,
                    "C%02d,%d,%s,%.2f,%.2f,%d,%d,%d,%.1f,%.1f,%.1f,%d,%.1f,%s,%.2f,%s,%s,%s,%d,%s,%d,%d,%s%n", client, term,
                    rate, worth, Math.round(worth * rate) / 100., length, width, height, litres, weighed,
                    Math.max(litres, weighed), total, Math.round(1_000. * part / total) / 10., List.of("void", "full",
                            "quarter").get(state),
                    charged, sent, sent.plusDays(term), sent.plusDays(1 + random.nextInt(term)), stamp.toEpochSecond(
                            ZoneOffset.UTC),
                    stamp.toLocalDate(), promised, arrived, arrived > promised));
        }
        return SampleTables.csv(csv.toString());
    }

    private static void assertKept(DrawnRows rows, String what, IntPredicate broken) {
        assertThat(IntStream.range(0, DRAWN).filter(broken).count()).as(what).isZero();
    }

    private static SynthesisModel reread(SynthesisModel model) throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        ModelFile.write(model, file);
        return ModelFile.read(new ByteArrayInputStream(file.toByteArray()));
    }

    @ParameterizedTest
    @EnumSource(names = { "GAUSSIAN_COPULA", "TREES" })
    void everyDrawnRowIsCalculatedAsInTheTable(SynthesisMethod method) throws IOException {
        SynthesisModel model = reread(ModelFitter.fit(consignments(), method));
        DrawnRows rows = DrawnRows.of(model, 3, Conditions.none(), 0, DRAWN);

        assertKept(rows, "a product with a factor",
                i -> Math.abs(rows.number("worth", i) * rows.number("rate", i) / 1_000 - rows.number("duty", i)) > .51);
        assertKept(rows, "three factors", i -> Math.abs(rows.number("length", i) * rows.number("width", i)
                * rows.number("height", i) / 100 - rows.number("litres", i)) > .51);
        assertKept(rows, "the greatest",
                i -> rows.number("rated", i) != Math.max(rows.number("litres", i), rows.number("weighed", i)));
        assertKept(rows, "cases", i -> Math.abs(rows.number("charged", i) - switch (rows.text("state", i)) {
            case "void" -> 0;
            case "full" -> rows.number("worth", i);
            default -> rows.number("worth", i) * .25;
        }) > .51);
        assertKept(rows, "what a client decides", i -> rows.number("term", i) != List.of(10, 20, 45)
                .get(Integer.parseInt(rows.text("client", i).substring(1)) % 3));
        assertKept(rows, "a date after a term",
                i -> rows.number("sent", i) + rows.number("term", i) != rows.number("due", i));
        assertKept(rows, "between two dates",
                i -> rows.number("met", i) <= rows.number("sent", i) || rows.number("met", i) > rows.number("due", i));
        assertKept(rows, "the day of a stamp", i -> Math.floorDiv((long) rows.number("stamp", i), 1_440L) != rows
                .number("day", i));
        assertKept(rows, "a comparison",
                i -> rows.text("tardy", i).equals("true") != rows.number("arrived", i) > rows.number("promised", i));
    }

    @Test
    void theModelListsThemAsTheyMayBeExcluded() {
        List<String> relations = ModelSummary.of(ModelFitter.fit(consignments(), SynthesisMethod.INDEPENDENT)).relations()
                .stream().map(ModelSummary.RelationSummary::relation).toList();

        assertThat(relations).contains("0.01 * rate * worth = duty", "0.001 * length * width * height = litres",
                "max(litres, weighed) = rated", "sent + term = due", "stamp <= met <= due",
                "order of promised and arrived -> tardy",
                "state says which holds: charged = worth or charged = 0.25 * worth or charged = 0");
        assertThat(ModelSummary.of(ModelFitter.fit(consignments(), SynthesisMethod.INDEPENDENT,
                new FitOptions(true, List.of(), new RelationOptions(true, List.of(),
                        Set.of("max(litres, weighed) = rated"), Optional.empty()))))
                .relations()).extracting(ModelSummary.RelationSummary::relation)
                .doesNotContain("max(litres, weighed) = rated");
    }

    @Test
    void theFactorOfAProportionIsTheOneThatRoundsRight() {
        SplittableRandom random = new SplittableRandom(4);
        StringBuilder csv = new StringBuilder("missed,presence\n");
        for (int row = 0; row < 2_000; row++) {
            int missed = random.nextInt(90);
            csv.append(String.format(Locale.ROOT, "%d,%.1f%n", missed, Math.round((180 - missed) / 180. * 1_000) / 10.));
        }
        DrawnRows rows = DrawnRows.of(ModelFitter.fit(SampleTables.csv(csv.toString()), SynthesisMethod.TREES), 3,
                Conditions.none(), 0, DRAWN);

        assertKept(rows, "presence",
                i -> Math.abs((180 - rows.number("missed", i)) / .18 - rows.number("presence", i)) > .501);
    }

    @Test
    void datesComeAtTheDistancesOfTheTable() throws IOException {
        SplittableRandom random = new SplittableRandom(2);
        StringBuilder csv = new StringBuilder("taken,value\n");
        for (int row = 0; row < 6_000; row++) {
            csv.append(LocalDateTime.of(2023, 1, 1, 0, 0, 4).plusSeconds(30L * random.nextInt(900_000))).append(',')
                    .append(random.nextInt(90)).append('\n');
        }
        SynthesisModel model = reread(ModelFitter.fit(SampleTables.csv(csv.toString()), SynthesisMethod.GAUSSIAN_COPULA));
        Conditions late = new Conditions(
                List.of(new ColumnCondition("taken", Operator.GTE, List.of("2023-09-01T00:00:00"))));

        for (Conditions conditions : List.of(Conditions.none(), late)) {
            DrawnRows rows = DrawnRows.of(model, 3, conditions, 0, DRAWN);
            assertKept(rows, "half a minute", i -> Math.floorMod((long) rows.number("taken", i), 30L) != 4);
        }
        assertThat(model.probability(late)).isBetween(.1, .35);
    }

    @Test
    void aDateTimeAndADateAreInOrderByTheDay() {
        SplittableRandom random = new SplittableRandom(9);
        StringBuilder csv = new StringBuilder("booked,valued\n");
        for (int row = 0; row < 2_000; row++) {
            LocalDateTime booked = LocalDateTime.of(2023, 5, 1, 0, 0).plusSeconds(random.nextInt(9_000_000));
            csv.append(booked).append(',').append(booked.toLocalDate().plusDays(random.nextInt(3))).append('\n');
        }
        DrawnRows rows = DrawnRows.of(ModelFitter.fit(SampleTables.csv(csv.toString()), SynthesisMethod.GAUSSIAN_COPULA), 3,
                Conditions.none(), 0, DRAWN);

        assertKept(rows, "days", i -> {
            double days = rows.number("valued", i) - Math.floorDiv((long) rows.number("booked", i), 86_400L);
            return days < 0 || days > 2;
        });
    }

    @ParameterizedTest
    @EnumSource(value = SynthesisMethod.class, names = { "GAUSSIAN_COPULA", "TREES" })
    void rareAmountsOfATariffAreNotCutOff(SynthesisMethod method) {
        SplittableRandom random = new SplittableRandom(4);
        StringBuilder csv = new StringBuilder("tariff,places,fee\n");
        for (int row = 0; row < 1_800; row++) {
            int tariff = List.of(0, 0, 0, 0, 0, 0, 1, 1, 1, 2).get(random.nextInt(10));
            int places = tariff == 0 ? 1 : tariff == 1 ? 2 + random.nextInt(19) : 21 + random.nextInt(280);
            csv.append(String.format(Locale.ROOT, "%s,%d,%.1f%n", List.of("single", "group", "house").get(tariff), places,
                    places * List.of(9.9, 8.5, 7.2).get(tariff)));
        }
        DrawnRows rows = DrawnRows.of(ModelFitter.fit(SampleTables.csv(csv.toString()), method), 3, Conditions.none(), 0,
                DRAWN);

        int[] houses = IntStream.range(0, DRAWN).filter(row -> rows.text("tariff", row).equals("house")).toArray();
        assertThat(houses.length).isBetween(DRAWN / 13, DRAWN / 8);
        assertThat(IntStream.of(houses).mapToDouble(row -> rows.number("places", row)).distinct().count()).isGreaterThan(80);
        assertKept(rows, "fee",
                row -> rows.number("fee", row) != rows.number("places", row) * switch (rows.text("tariff", row)) {
                    case "single" -> 99;
                    case "group" -> 85;
                    default -> 72;
                });
    }
}
