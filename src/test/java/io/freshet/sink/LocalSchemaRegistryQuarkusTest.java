package io.freshet.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.freshet.codec.BinaryFormat;
import io.freshet.dev.LocalSchemaRegistry;
import io.freshet.kafka.SchemaRegistry;
import io.freshet.kafka.SchemaRegistryConfig;
import io.quarkus.test.junit.QuarkusTest;

/** The registry of {@code quarkus:dev}, with the client that Kafka sinks and sources use. */
@QuarkusTest
class LocalSchemaRegistryQuarkusTest {

    private record At(Optional<String> url, Optional<String> credentials) implements SchemaRegistryConfig {
    }

    @Test
    void schemasAreFoundByTheIdOfTheirRegistration() throws IOException {
        try (LocalSchemaRegistry local = LocalSchemaRegistry.start(0)) {
            SchemaRegistry writer = client(local);
            SchemaRegistry reader = client(local);

            int id = writer.register("orders-value", BinaryFormat.AVRO, "\"string\"");
            assertThat(client(local).register("orders-value", BinaryFormat.AVRO, "\"string\"")).isEqualTo(id);
            assertThat(writer.register("odd name/value", BinaryFormat.AVRO, "\"string\"")).isEqualTo(id);
            assertThat(writer.register("orders-value", BinaryFormat.PROTOBUF, "syntax = \"proto3\";")).isNotEqualTo(id);

            assertThat(reader.schema(id)).isEqualTo("\"string\"");
            assertThatThrownBy(() -> reader.schema(99)).isInstanceOf(SchemaRegistry.RefusedException.class);
            assertThat(reader.problem().toCompletableFuture().join()).isEmpty();
        }
    }

    private static SchemaRegistry client(LocalSchemaRegistry local) {
        return new SchemaRegistry(new At(Optional.of(local.url()), Optional.empty()));
    }
}
