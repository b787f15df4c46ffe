package io.freshet.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.sun.net.httpserver.HttpServer;

import io.freshet.codec.BinaryFormat;

class SchemaRegistryRedirectTest {

    @ParameterizedTest
    @ValueSource(ints = { 301, 302, 303, 307, 308 })
    void aRegistryThatSendsOnIsNotFollowedAndItsPasswordStaysWhereItBelongs(int status) throws IOException {
        List<String> elsewhere = new CopyOnWriteArrayList<>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        String address = "http://127.0.0.1:" + server.getAddress().getPort();
        server.createContext("/", exchange -> {
            exchange.getResponseHeaders().set("Location", address + "/private");
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        server.createContext("/private", exchange -> {
            elsewhere.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        try {
            SchemaRegistry registry = new SchemaRegistry(new Config(address));
            assertThatThrownBy(() -> registry.register("t-value", BinaryFormat.AVRO, "\"string\""))
                    .isInstanceOf(IOException.class).hasMessageContaining(String.valueOf(status));
            assertThatThrownBy(() -> registry.schema(1)).isInstanceOf(IOException.class);
            assertThat(elsewhere).isEmpty();
        } finally {
            server.stop(0);
        }
    }

    private record Config(String at) implements SchemaRegistryConfig {

        @Override
        public Optional<String> url() {
            return Optional.of(at);
        }

        @Override
        public Optional<String> credentials() {
            return Optional.of("user:password");
        }
    }
}
