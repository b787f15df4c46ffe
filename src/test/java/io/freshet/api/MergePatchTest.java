package io.freshet.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

class MergePatchTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "{\"a\":1}                  | {\"a\":2}                       | {\"a\":2}",
            "{\"a\":1}                  | {\"b\":{\"c\":1}}               | {\"a\":1,\"b\":{\"c\":1}}",
            "{\"a\":1,\"b\":2}          | {\"a\":null}                    | {\"b\":2}",
            "{\"a\":{\"b\":1,\"c\":2}}  | {\"a\":{\"b\":3,\"c\":null}}    | {\"a\":{\"b\":3}}",
            "{\"a\":[1,2]}              | {\"a\":[3]}                     | {\"a\":[3]}",
            "{\"a\":1}                  | {\"a\":{\"b\":null,\"c\":1}}    | {\"a\":{\"c\":1}}",
            "{\"a\":1}                  | [1]                             | [1]" })
    void replacesFieldByField(String target, String patch, String result) throws JsonProcessingException {
        JsonNode before = JSON.readTree(target);

        assertThat(MergePatch.apply(before, JSON.readTree(patch))).isEqualTo(JSON.readTree(result));
        assertThat(before).as("the target stays as it is").isEqualTo(JSON.readTree(target));
    }
}
