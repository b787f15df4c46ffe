package io.freshet.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PushedRecordsTest {

    private static List<String> read(String body, boolean lines) throws IOException {
        return PushedRecords.read(new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)), lines).stream()
                .map(record -> new String(record, StandardCharsets.UTF_8)).toList();
    }

    private static Problem problem(byte[] body, boolean lines) {
        return catchThrowableOfType(ProblemException.class,
                () -> PushedRecords.read(new ByteArrayInputStream(body), lines)).problem();
    }

    @Test
    void readsObjectsArraysAndLines() throws IOException {
        assertThat(read(" {\"a\": 1.50, \"b\": {\"ü\": [null, 12345678901234567890]}} ", false))
                .containsExactly("{\"a\":1.50,\"b\":{\"ü\":[null,12345678901234567890]}}");
        assertThat(read("[{\"a\":1}, {} , {\"a\":true}]", false)).containsExactly("{\"a\":1}", "{}", "{\"a\":true}");
        assertThat(read("{\"a\":1}\r\n\n {\"a\":2} \n", true)).containsExactly("{\"a\":1}", "{\"a\":2}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
            "[{},[2]]          | false | 422 | records[1] | record 1 is not a JSON object",
            "7                 | false | 422 | records[0] | record 0 is not a JSON object",
            "[]                | false | 422 | body       | the body contains no records",
            "[{\"n\":1},{\"n\":| false | 400 | records[1] | the body is not valid JSON",
            "[{\"n\":1}        | false | 400 | records[1] | the body is not valid JSON",
            "[{\"n\":1,\"n\":2}] | false | 400 | records[0] | Duplicate field 'n'",
            "{} {}             | false | 400 | records[1] | application/x-ndjson",
            "{} {}             | true  | 422 | records[0] | record 0 is more than one JSON object",
            "nothing           | true  | 422 | records[0] | record 0 is not a JSON object",
            "[{}]              | true  | 422 | records[0] | record 0 is not a JSON object" })
    void rejectsRecordsThatAreNotObjects(String body, boolean lines, int status, String field, String detail) {
        Problem problem = problem(body.getBytes(StandardCharsets.UTF_8), lines);

        assertThat(problem.status()).isEqualTo(status);
        assertThat(problem.field()).isEqualTo(field);
        assertThat(problem.detail()).contains(detail).doesNotContain("com.fasterxml");
    }

    @Test
    void rejectsLargeBodiesAndOtherEncodings() {
        assertThat(problem(new byte[PushedRecords.MAX_BYTES + 1], true).status()).isEqualTo(413);
        assertThat(problem("{\"a\":\"ü\"}".getBytes(StandardCharsets.ISO_8859_1), true).detail())
                .isEqualTo("the body is not UTF-8");
    }
}
