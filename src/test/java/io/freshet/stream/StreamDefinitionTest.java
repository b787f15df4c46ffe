package io.freshet.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;

class StreamDefinitionTest {

    @Test
    void theWholeFormatIsRead() throws IOException {
        StreamDefinition definition = parse("""
                name: synthetic-customers
                source: { model: customers, seed: 42, conditions: { age: { gte: 21 }, region: West } }
                pace: { recordsPerSecond: 1000, batchSize: 500, maxRecords: 1000000, duration: 10m }
                sinks:
                  - kafka: { topic: synthetic-data, key: customer_id, format: json }
                  - websocket: {}
                  - file: { path: a/b.csv, format: csv }
                """);
        assertThat(definition.pace().batchSize()).isEqualTo(500);
        assertThat(definition.pace().duration()).contains(Duration.ofMinutes(10));
        assertThat(definition.sinks()).hasSize(3);
        assertThat(definition.metadata()).isTrue();
        assertThat(((SourceDefinition.OfModel) definition.source()).conditions().conditions()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            name: a b                                                       | name
            source: { model: m, sed: 1 }                                    | source.sed
            source: { pattern: { users: 3 } }                               | source.pattern.users
            source: { seed: 1 }                                             | source.model
            source: { model: m, conditions: { a: { above: 1 } } }           | source.conditions.a
            pace: { recordsPerSecond: -1 }                                  | pace.recordsPerSecond
            pace: { batchSize: 0 }                                          | pace.batchSize
            pace: { batchSize: 1.5 }                                        | pace.batchSize
            pace: { duration: soon }                                        | pace.duration
            pace: { recordsPerSecond: 1, burst: { every: 1, records: 1 } }  | pace
            pace: { burst: { every: 0s, records: 1 } }                      | pace.burst.every
            sinks: []                                                       | sinks
            sinks: [ { kafka: {} } ]                                        | sinks[0].kafka.topic
            sinks: [ { websocket: {} }, { kafka: { topic: 'a b' } } ]       | sinks[1].kafka.topic
            sinks: [ { kafka: { topic: a, format: xml } } ]                 | sinks[0].kafka.format
            sinks: [ { websocket: {}, kafka: { topic: a } } ]               | sinks[0]
            sinks: [ { pigeon: {} } ]                                       | sinks[0].pigeon
            stages: [ { filter: {} } ]                                      | stages
            colour: red                                                     | colour
            """)
    void aMistakeIsRefusedWithItsPath(String change, String path) throws IOException {
        var json = (com.fasterxml.jackson.databind.node.ObjectNode) new YAMLMapper()
                .readTree("{ name: s, source: { model: m }, sinks: [ { websocket: {} } ] }");
        new YAMLMapper().readTree(change).properties().forEach(field -> json.set(field.getKey(), field.getValue()));
        assertThatThrownBy(() -> StreamDefinition.parse(json)).isInstanceOfSatisfying(DefinitionException.class,
                e -> assertThat(e.path()).isEqualTo(path));
    }

    private static StreamDefinition parse(String yaml) throws IOException {
        return StreamDefinition.parse(new YAMLMapper().readTree(yaml));
    }
}
