package io.freshet.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonBodyTest {

    record Request(@Nullable Long count, @Nullable Boolean metadata, @Nullable Double timeout, @Nullable String format,
            @Nullable Map<String, Object> conditions) {
    }

    private static Problem problem(String body) {
        return catchThrowableOfType(ProblemException.class, () -> JsonBody.read(body, Request.class)).problem();
    }

    @Test
    void readsTheGivenFields() {
        assertThat(JsonBody.read("{\"count\":5,\"timeout\":3,\"conditions\":{\"a\":1}}", Request.class))
                .isEqualTo(new Request(5L, null, 3.0, null, Map.of("a", 1)));
        assertThat(JsonBody.read("", Request.class).count()).isNull();
    }

    @Test
    void anUnknownFieldIsReportedWithTheOneThatWasMeant() {
        assertThat(problem("{\"condition\":{}}")).returns("condition", Problem::field)
                .returns("unknown field condition; did you mean conditions?", Problem::detail)
                .returns("/problems/unknown-field", Problem::type)
                .returns(List.of("count", "metadata", "timeout", "format", "conditions"), Problem::allowed);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = { "{\"count\":\"x\"};count must be a whole number",
            "{\"count\":\"5\"};count must be a whole number", "{\"count\":1.5};count must be a whole number",
            "{\"count\":99999999999999999999};count must be a whole number",
            "{\"metadata\":\"yes\"};metadata must be true or false",
            "{\"timeout\":[]};timeout must be a number", "{\"format\":{}};format must be text",
            "{\"format\":7};format must be text",
            "{\"conditions\":7};conditions must be an object", "{\"conditions\":[]};conditions must be an object" })
    void aWrongTypeIsAProblemOfItsField(String body, String detail) {
        assertThat(problem(body)).returns(422, Problem::status).returns(detail, Problem::detail)
                .returns(detail.substring(0, detail.indexOf(' ')), Problem::field);
    }

    @ParameterizedTest
    @ValueSource(strings = { "[]", "null", "7", "\"x\"" })
    void theBodyMustBeAnObject(String body) {
        assertThat(problem(body)).returns(422, Problem::status).returns("body", Problem::field);
    }

    @Test
    void errorsOfMalformedBodiesHaveAPositionAndNoClassNames() {
        for (String body : List.of("{", "{\"count\":5", "[".repeat(2000), "{} {}", "{\"count\":1,\"count\":2}", "{count:1}",
                "\u0000",
                "{\"count\":" + "9".repeat(2000) + "}", "{\"format\":\"\\q\"}")) {
            assertThat(problem(body).status()).as(body.substring(0, Math.min(20, body.length()))).isIn(400, 422);
            assertThat(problem(body).detail()).doesNotContain("java", "com.", "`", "Jackson", "StreamRead", "Source:");
        }
        assertThat(problem("{\"count\":5")).returns(400, Problem::status)
                .returns("the body is not valid JSON: unexpected end (line 1, column 11)", Problem::detail);
    }

    @Test
    void treesAlsoRejectUnknownFields() {
        assertThat(JsonBody.object("{\"to\":\"end\"}", List.of("to")).get("to").asText()).isEqualTo("end");
        ProblemException unknown = catchThrowableOfType(ProblemException.class,
                () -> JsonBody.object("{\"too\":1}", List.of("to")));
        assertThat(unknown.problem().field()).isEqualTo("too");
    }
}
