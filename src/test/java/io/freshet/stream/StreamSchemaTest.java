package io.freshet.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;

import io.freshet.event.TimeUnits;
import io.freshet.retail.EventType;
import io.freshet.sink.OverflowStrategy;
import io.freshet.stage.OnError;
import io.freshet.stage.Operator;
import io.freshet.stream.definition.DefinitionReader;
import io.freshet.stream.definition.SinkDefinition;
import io.freshet.stream.definition.StageDefinition;
import io.freshet.stream.definition.StreamDefinition;

/** The published schema of definitions says what the service accepts. */
class StreamSchemaTest {

    private static final Pattern YAML = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);
    private static final JsonNode JSON = json();
    private static final JsonSchema SCHEMA = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(JSON);

    private static JsonNode json() {
        try (InputStream in = StreamSchemaTest.class.getResourceAsStream("/META-INF/resources/schemas/stream-1.json")) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    static List<String> definitions() throws IOException {
        List<Path> pages;
        try (Stream<Path> files = Files.walk(Path.of("src/main/docs"))) {
            pages = new ArrayList<>(files.filter(file -> file.toString().endsWith(".md")).sorted().toList());
        }
        pages.add(Path.of("README.md"));
        List<String> definitions = new ArrayList<>();
        for (Path page : pages) {
            Matcher block = YAML.matcher(Files.readString(page));
            while (block.find()) {
                for (JsonNode document : DefinitionReader.yaml(block.group(1))) {
                    if (document.has("sinks") && document.has("source") && document.has("name")) {
                        definitions.add(document.toString());
                    }
                }
            }
        }
        definitions.add(DefinitionReader.yaml(Files.readString(Path.of("src/main/resources/samples/demo.yaml"))).get(0)
                .toString());
        return definitions;
    }

    @ParameterizedTest
    @MethodSource("definitions")
    void acceptsEveryDefinitionOfTheDocumentation(String definition) throws IOException {
        assertThat(SCHEMA.validate(DefinitionReader.json(definition))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "source: { pattern: { seed: 1 } }\npace: { records_per_second: 5, max_batch_size: 10 }\nsinks: [ { websocket: {} } ]",
            "source: { model: m, conditions: { a: { gte: 1 } } }\nstages: [ { filter: { and: [ { field: a, operator: in, values: [ 1 ] } ] } } ]"
                    + "\nsinks: [ { kafka: { topic: a }, guard: { retry_attempts: 2, circuit_breaker_enabled: false } } ]",
            "source: { retail: { speed: max, weights: { receipt_created: 1 } } }\nsinks: [ { file: { path: a.csv, format: csv, fields: [ a ] } } ]",
            "source: { pattern: {} }\nstages: [ { checkpoint: { expect: [ { name: a, that: { expression: 'value > 1.0' } } ] } } ]\nsinks: [ { websocket: {} } ]" })
    void acceptsOtherSpellings(String body) throws IOException {
        JsonNode definition = DefinitionReader.yaml("name: a\n" + body).get(0);

        assertThat(SCHEMA.validate(definition)).isEmpty();
        assertThat(StreamDefinition.parse(definition).name()).isEqualTo("a");
    }

    @ParameterizedTest
    @ValueSource(strings = { "sources: { pattern: {} }\nsinks: [ { websocket: {} } ]",
            "source: { pattern: { sed: 1 } }\nsinks: [ { websocket: {} } ]", "source: { pattern: {} }\nsinks: []",
            "source: { pattern: {}, model: m }\nsinks: [ { websocket: {} } ]",
            "source: { pattern: {} }\nsinks: [ { kafka: { topic: a, format: xml } } ]",
            "source: { pattern: {} }\nstages: [ { filter: { field: a, op: is, value: 1 } } ]\nsinks: [ { websocket: {} } ]",
            "source: { pattern: {} }\nstages: [ { filter: {}, limit: { records_per_second: 1 } } ]\nsinks: [ { websocket: {} } ]",
            "source: { pattern: {} }\npace: { recordsPerSecond: 0 }\nsinks: [ { websocket: {} } ]" })
    void findsMistakes(String body) throws IOException {
        assertThat(SCHEMA.validate(DefinitionReader.yaml("name: a\n" + body).get(0))).isNotEmpty();
    }

    @Test
    void listsWhatTheCodeLists() {
        assertThat(texts("/$defs/condition/properties/op/enum")).isEqualTo(sorted(Operator.ids()));
        assertThat(texts("/$defs/onError/enum")).isEqualTo(sorted(OnError.ids()));
        assertThat(texts("/$defs/sink/properties/queue/properties/overflow/enum"))
                .isEqualTo(sorted(Arrays.stream(OverflowStrategy.values()).map(OverflowStrategy::id).toList()));
        assertThat(texts("/$defs/source/properties/retail/properties/weights/propertyNames/enum"))
                .isEqualTo(sorted(Arrays.stream(EventType.values()).map(EventType::id).toList()));
        assertThat(texts("/$defs/stage/properties/window/properties/unit/enum")).isEqualTo(sorted(TimeUnits.ids()));
        assertThat(names("/$defs/sink/properties")).containsAll(SinkDefinition.KINDS);
        assertThat(names("/$defs/stage/properties"))
                .isEqualTo(sorted(Stream.concat(StageDefinition.kinds().stream(), Stream.of("name", "on_error")).toList()));
    }

    private static Set<String> texts(String pointer) {
        Set<String> texts = new TreeSet<>();
        JSON.at(pointer).forEach(text -> texts.add(text.asText()));
        return texts;
    }

    private static Set<String> names(String pointer) {
        Set<String> names = new TreeSet<>();
        JSON.at(pointer).fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static Set<String> sorted(List<String> texts) {
        return new TreeSet<>(texts);
    }
}
