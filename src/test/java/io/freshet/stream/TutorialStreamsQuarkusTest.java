package io.freshet.stream;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;

import io.freshet.stage.StageStatistics;
import io.freshet.stream.delivery.StreamStatistics;
import io.freshet.stream.engine.Stream;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

/** Runs the stream definitions of the tutorial on live streams exactly as they are printed there. */
@QuarkusTest
@TestProfile(StagedStreamQuarkusTest.Settings.class)
class TutorialStreamsQuarkusTest {

    @Inject
    Streams streams;

    @Test
    void theStreamsOfTheTutorialRun() throws IOException {
        List<String> names = new ArrayList<>();
        for (String definition : definitions()) {
            given().contentType("application/yaml").body(definition.getBytes(UTF_8)).post("/api/v1/streams").then()
                    .statusCode(201);
            names.add(Definitions.yaml(definition).get("name").asText());
        }

        assertThat(names).containsExactly("purchases-by-user", "shop-floor", "part", "again");
        for (String name : names) {
            Stream stream = streams.find(name).orElseThrow();
            assertThat(stream.awaitEnd(Duration.ofSeconds(30))).as(name).isTrue();
            StreamStatistics statistics = stream.statistics();
            assertThat(statistics.state()).as(name).isEqualTo("completed");
            assertThat(statistics.error()).isNull();
            assertThat(statistics.stages()).isNotEmpty().extracting(StageStatistics::failed).containsOnly(0L);
        }
        assertThat(streams.find("purchases-by-user").orElseThrow().statistics().stages().get(3).out()).isPositive();
        assertThat(streams.find("shop-floor").orElseThrow().statistics().sinks()).extracting("name")
                .containsExactly("trucks", "websocket");
        names.forEach(streams::delete);
    }

    private static List<String> definitions() throws IOException {
        String page = Files.readString(Path.of("src/main/docs/tutorials/live-windows.md"));
        List<String> definitions = new ArrayList<>();
        Matcher block = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL).matcher(page);
        while (block.find()) {
            definitions.addAll(List.of(block.group(1).split("---\n")));
        }
        return definitions;
    }
}
