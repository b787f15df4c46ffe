package io.freshet.model.declared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;

import org.junit.jupiter.api.Test;

import io.freshet.model.ConditionException;
import io.freshet.model.ConditionParser;
import io.freshet.model.Conditions;
import io.freshet.model.DrawnRows;
import io.freshet.model.RowGenerator;
import io.freshet.model.SynthesisModel;
import io.freshet.model.file.ModelFile;
import io.freshet.table.RowBatch;
import io.freshet.table.RowRecords;

class DeclaredModelTest {

    private static final String ORDERS = """
            columns:
              id: { sequence: { start: 1000 } }
              customer: uuid
              first: first_name
              last: last_name
              mail: email
              address:
                object: { street: address, city: city, state: state_code }
                nulls: 0.2
              plan: { categories: { free: 70, pro: 25, team: 5 } }
              age: { normal: { mean: 40, sd: 12 }, type: integer, min: 18, max: 99 }
              price: { lognormal: { median: 20, sigma: 0.8 }, digits: 2 }
              quantity: { poisson: { mean: 2 }, min: 1 }
              total: { formula: "price * double(quantity)", digits: 2 }
              sku: { regex: "[A-Z]{2}-[0-9]{2}", unique: true }
              at: { datetime: { from: 2026-01-01, to: 2026-03-31 } }
              shipped: { date: { from: 2026-01-01, to: 2026-12-31 }, null_if: "plan == 'free'" }
              tags: { array: { of: { categories: [a, b, c] }, min: 1, max: 2 }, unique: true }
            """;
    private static final DeclaredModel MODEL = model(ORDERS);

    private static DeclaredModel model(String yaml) {
        return SchemaImport.of(SchemaFormat.YAML, yaml).model();
    }

    private static RowRecords rows(SynthesisModel model, Map<String, ?> conditions, int rows) {
        RowGenerator generator = model.generator(3, ConditionParser.parse(conditions));
        RowBatch batch = generator.newBatch(rows);
        generator.fill(batch, 0, rows);
        return RowRecords.of(batch);
    }

    private static double mean(String column, ToDoubleFunction<Double> of) {
        return rows(model("columns: { x: " + column + " }"), Map.of(), 40_000).stream()
                .mapToDouble(row -> of.applyAsDouble(((Number) row.get("x")).doubleValue())).average().orElseThrow();
    }

    @Test
    void aRowDoesNotDependOnBlocksAndOffsets() {
        for (Conditions conditions : List.of(Conditions.none(),
                ConditionParser.parse(Map.of("total", Map.of("gt", 50), "age", Map.of("gte", 60))))) {
            DrawnRows all = DrawnRows.of(MODEL, 7, conditions, 0, 300);
            DrawnRows some = DrawnRows.of(MODEL, 7, conditions, 250, 20);
            for (int i = 0; i < 20; i++) {
                assertThat(some.line(i)).isEqualTo(all.line(250 + i));
            }
        }
    }

    /** Golden test: a change here changes every existing stream of a declared model. */
    @Test
    void theRowsAreTheSameOnEveryMachine() {
        assertThat(DrawnRows.of(MODEL, 42, Conditions.none(), 0, 500).digest()).isEqualTo("a0ca1e5dfaa8ff8f");
    }

    @Test
    void aModelFileKeepsTheRows() throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        ModelFile.write(MODEL, file);
        SynthesisModel read = ModelFile.read(new ByteArrayInputStream(file.toByteArray()));

        assertThat(DrawnRows.of(read, 1, Conditions.none(), 0, 200).digest())
                .isEqualTo(DrawnRows.of(MODEL, 1, Conditions.none(), 0, 200).digest());
        assertThat(SchemaImport.yaml((DeclaredModel) read)).contains("lognormal");
    }

    @Test
    void distributionsHaveTheirMoments() {
        assertThat(mean("{ uniform: { min: 10, max: 20 } }", x -> x)).isCloseTo(15, within(0.1));
        assertThat(mean("{ normal: { mean: 5, sd: 2 } }", x -> x)).isCloseTo(5, within(0.05));
        assertThat(mean("{ normal: { mean: 0, sd: 3 } }", x -> x * x)).isCloseTo(9, within(0.3));
        assertThat(mean("{ lognormal: { mean: 50, sd: 20 } }", x -> x)).isCloseTo(50, within(0.6));
        assertThat(mean("{ exponential: { mean: 7 } }", x -> x)).isCloseTo(7, within(0.15));
        assertThat(mean("{ poisson: { mean: 3.5 } }", x -> x)).isCloseTo(3.5, within(0.05));
        // the mean of a Zipf law over 1 to 3 with exponent 1 is 3 / (1 + 1/2 + 1/3)
        assertThat(mean("{ zipf: { values: 3 } }", x -> x)).isCloseTo(18 / 11.0, within(0.02));
    }

    @Test
    void formulasKeysAndConsistentTextsHoldInEveryRow() {
        Set<Object> skus = new HashSet<>();
        long id = 1000;
        for (Map<String, Object> row : rows(MODEL, Map.of(), 2000)) {
            double total = ((Number) row.get("price")).doubleValue() * ((Number) row.get("quantity")).doubleValue();
            assertThat(((Number) row.get("total")).doubleValue()).isCloseTo(total, within(0.0051));
            assertThat(row.get("id")).isEqualTo(id++);
            assertThat(skus.add(row.get("sku"))).isTrue();
            assertThat(row.get("mail").toString()).startsWith(
                    row.get("first").toString().toLowerCase(Locale.ROOT) + ".");
            assertThat(row.get("shipped") == null).isEqualTo(row.get("plan").equals("free"));
            assertThat((List<?>) row.get("tags")).hasSizeBetween(1, 2).doesNotHaveDuplicates();
        }
    }

    @Test
    void sharesAndMissingObjectsAreAsDeclared() {
        RowRecords rows = rows(MODEL, Map.of(), 20_000);
        assertThat(rows.stream().filter(row -> "pro".equals(row.get("plan"))).count() / 20_000.0).isCloseTo(0.25, within(0.01));
        assertThat(rows.stream().filter(row -> row.get("address.city") == null).count() / 20_000.0).isCloseTo(0.2,
                within(0.01));
    }

    @Test
    void conditionsNarrowDistributionsExactly() {
        for (Map<String, Object> row : rows(MODEL,
                Map.of("age", Map.of("between", List.of(97, 99)), "plan", Map.of("ne", "free"),
                        "price", Map.of("gt", 500), "address.city", Map.of("is_null", false)),
                200)) {
            assertThat((Long) row.get("age")).isBetween(97L, 99L);
            assertThat(row.get("plan")).isNotEqualTo("free");
            assertThat(((Number) row.get("price")).doubleValue()).isGreaterThan(500);
            assertThat(row.get("address.city")).isNotNull();
        }
        assertThat(rows(MODEL, Map.of("sku", "AB-12"), 1)).isNotEmpty();
        assertThat(MODEL.probability(ConditionParser.parse(Map.of("plan", "team")))).isCloseTo(0.05, within(1e-9));
        assertThat(MODEL.probability(ConditionParser.parse(Map.of("plan", List.of("team", "pro"), "address.city",
                Map.of("is_null", false))))).isCloseTo(0.3 * 0.8, within(1e-9));
    }

    @Test
    void rowsAreDrawnUntilTheySatisfyConditionsOnFormulas() {
        assertThat(rows(MODEL, Map.of("total", Map.of("gte", 200)), 100))
                .allMatch(row -> ((Number) row.get("total")).doubleValue() >= 200);
    }

    @Test
    void anImpossibleConditionNamesItsColumn() {
        Map<String, Object> impossible = Map.of("age", Map.of("lt", 18), "plan", "gold", "at",
                Map.of("gt", "2027-01-01T00:00:00Z"),
                "tags", "a", "id", Map.of("is_null", true), "nope", 1, "total", Map.of("lt", 0));
        impossible.forEach((column, condition) -> assertThatThrownBy(
                () -> MODEL.generator(1, ConditionParser.parse(Map.of(column, condition)))).as(column)
                .isInstanceOf(ConditionException.class).hasMessageContaining(column));
    }

    @Test
    void mistakesNameTheirField() {
        assertThatThrownBy(() -> model("columns: { a: { normal: { mean: 1 } } }")).hasMessage("a.normal needs sd");
        assertThatThrownBy(() -> model("columns: { a: { uniform: { min: 1, max: 0 } } }"))
                .hasMessageContaining("a has no value");
        assertThatThrownBy(() -> model("columns: { a: { meaning: shoe_size } }"))
                .hasMessageContaining("a.meaning is no meaning");
        assertThatThrownBy(() -> model("columns: { a: { formula: 'b +' } }")).hasMessageContaining("a.formula is not a valid");
        assertThatThrownBy(() -> model("columns: { a: { formula: 'b' , type: text }, b: { formula: 'a', type: text } }"))
                .hasMessageContaining("depends on itself");
        assertThatThrownBy(() -> model("columns: { o: { object: { a: { colour: red } } } }"))
                .hasMessageContaining("o.a has an unknown member colour");
        assertThatThrownBy(() -> model("columns: { a: { regex: '(?=x)y' } }")).hasMessageContaining("look-around");
        assertThatThrownBy(() -> model("columns: { a: { poisson: { mean: 3 }, unique: true } }"))
                .hasMessageContaining("cannot be unique");
    }
}
