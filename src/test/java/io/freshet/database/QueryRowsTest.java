package io.freshet.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import io.freshet.model.FitOptions;
import io.freshet.model.SynthesisMethod;
import io.freshet.model.file.ModelFile;
import io.freshet.model.fit.ModelFitter;
import io.freshet.table.ReadOptions;
import io.freshet.table.Schema;
import io.freshet.table.TableException;
import io.freshet.table.TableFormat;
import io.freshet.table.TableReader;
import io.freshet.table.TableSample;

class QueryRowsTest {

    private static LocalPostgres database;

    @BeforeAll
    static void begin() {
        database = LocalPostgres.start();
    }

    @AfterAll
    static void end() {
        if (database != null) {
            database.close();
        }
    }

    private static TableSample read(DatabaseTable table) throws IOException {
        return TableReader.read(new QueryRows(table), QueryRows.INPUT, ReadOptions.defaults());
    }

    private static String types(Schema schema) {
        return String.join(" ",
                schema.columns().stream().map(column -> column.name() + ":" + column.type().typeName()).toList());
    }

    @Test
    void readsValuesByTheirTypes() throws IOException {
        TableSample sample = read(database.query("""
                SELECT i AS id, i % 7 AS small, i * 1.25::numeric(10,2) AS price, i / 3.0::float8 AS ratio, i % 2 = 0 AS even,
                       DATE '2026-03-18' + i AS day, TIMESTAMPTZ '2026-03-18 10:00:00+02' + i * INTERVAL '1 second' AS at,
                       CASE WHEN i % 5 = 0 THEN NULL ELSE 'code ' || i % 3 END AS code, lpad((i % 9)::text, 5, '0') AS zip,
                       ARRAY[i % 2, 3] AS pair
                FROM generate_series(1, 1000) i"""));

        assertThat(types(sample.schema())).isEqualTo("id:identifier small:integer price:decimal ratio:floating even:boolean"
                + " day:datetime at:datetime code:categorical zip:categorical pair:categorical");
    }

    @Test
    void fitsTheModelOfTheCsvOfTheSameRows() throws IOException {
        String select = "SELECT i AS id, (i * 7919) % 1000 AS amount, CASE WHEN i % 11 = 0 THEN NULL ELSE chr(65 + i % 5) END AS"
                + " letter, DATE '2026-01-01' + i % 300 AS day FROM generate_series(1, 3000) i";
        String csv = database.value("SELECT string_agg(concat_ws(',', id, amount, coalesce(letter, ''), day), E'\\n') FROM ("
                + select + ") rows");

        TableSample texts = TableReader.read(
                new ByteArrayInputStream(("id,amount,letter,day\n" + csv + "\n").getBytes(StandardCharsets.UTF_8)),
                TableFormat.CSV, ReadOptions.defaults());

        assertThat(model(read(database.query(select)))).isEqualTo(model(texts));
    }

    private static String model(TableSample table) throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        ModelFile.write(ModelFitter.fitted(table, SynthesisMethod.GAUSSIAN_COPULA, FitOptions.defaults()).model(), file);
        return file.toString(StandardCharsets.UTF_8);
    }

    @Test
    void namesTheQueryThatTheDatabaseRejects() {
        assertThatThrownBy(() -> read(database.table("nowhere"))).isInstanceOf(DatabaseException.class)
                .hasMessage("the database of the table nowhere rejects the query: ERROR: relation \"nowhere\" does not exist");
        assertThatThrownBy(() -> read(database.query("SELECT 1 AS a WHERE false"))).isInstanceOf(TableException.class);
    }

    @Test
    void namesNoCredentials() {
        LocalPostgres.Settings right = database.settings();
        LocalPostgres.Settings wrong = new LocalPostgres.Settings(right.url(), right.username(), Optional.of("other secret"),
                right.table(), right.query(), 1, Duration.ofSeconds(5));
        LocalPostgres.Settings odd = new LocalPostgres.Settings("jdbc:postgresql://host:port/x?password=hidden",
                right.username(),
                right.password(), right.table(), right.query(), 1, Duration.ofSeconds(5));

        assertThatThrownBy(() -> read(DatabaseTable.of("t", wrong))).hasMessageContaining("password authentication failed")
                .hasMessageNotContaining("secret");
        assertThatThrownBy(() -> read(DatabaseTable.of("t", odd))).isInstanceOf(DatabaseException.class)
                .hasMessageContaining("freshet.tables.t.jdbc.url").hasMessageNotContaining("hidden");
        assertThat(DatabaseTable.of("t", right)).hasToString("table t");
    }

    @Test
    void refusesBytesByTheNameOfTheirColumn() {
        assertThatThrownBy(() -> read(database.query("SELECT 1 AS a, 'x'::bytea AS photo")))
                .hasMessageContaining("photo").hasMessageContaining("encode");
    }

    @Test
    void writesArraysAsJson() {
        assertThat(ArrayText.toJson("{1,NULL,NaN}", QueryType.NUMBERS)).isEqualTo("[1,null,\"NaN\"]");
        assertThat(ArrayText.toJson("[0:1]={{t,f},{f,NULL}}", QueryType.BOOLEANS)).isEqualTo("[[true,false],[false,null]]");
        assertThat(ArrayText.toJson("{t,\"a \\\"b\\\\\",\"NULL\",1}", QueryType.TEXTS))
                .isEqualTo("[\"t\",\"a \\\"b\\\\\",\"NULL\",\"1\"]");
        assertThat(ArrayText.toJson("{}", QueryType.TEXTS)).isEqualTo("[]");
    }
}
