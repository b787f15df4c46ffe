package io.freshet.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;

class ProblemKindTest {

    @Test
    void everyStatusOfTheServiceHasAKind() {
        for (int status : List.of(400, 401, 403, 404, 405, 406, 409, 413, 415, 421, 422, 429, 500, 503)) {
            assertThat(Problem.of(status, "x")).as("status " + status).returns(status, Problem::status)
                    .satisfies(problem -> assertThat(problem.type()).startsWith("/problems/"))
                    .satisfies(problem -> assertThat(problem.title()).isNotEqualTo("Error"));
        }
    }

    @Test
    void theDocumentationListsEveryKind() throws IOException {
        String page = Files.readString(Path.of("src/main/docs/reference/operations.md"));
        for (ProblemKind kind : ProblemKind.values()) {
            assertThat(page).contains("| `" + kind.id() + "` | " + kind.status() + " |");
        }
    }

    @Test
    void allResourcesDeclareTheMediaTypesTheyAccept() {
        ConsumedTypes types = ConsumedTypes.of(QueryCheck.REFLECTED);

        assertThat(types.at("PUT", "/api/v1/models/a")).contains("application/json", "application/vnd.apache.parquet",
                "application/x-ndjson", "text/csv", "application/schema+json", "application/yaml").isSorted();
        assertThat(types.at("PUT", "/api/v1/models/a/file")).containsExactly("application/json");
        assertThat(types.at("POST", "/api/v1/models/a/evaluate")).contains("multipart/form-data", "text/csv");
        assertThat(types.at("POST", "/api/v1/streams")).contains("application/json", "application/yaml");
        assertThat(types.at("POST", "/api/v1/streams/a/pause")).isEmpty();
        assertThat(types.at("GET", "/api/v1/models/a")).isEmpty();
    }
}
