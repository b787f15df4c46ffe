package io.freshet.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Random;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;

import io.freshet.dev.LocalMongo;

class MongoShelfTest {

    private LocalMongo server;
    private MongoClient client;
    private MongoShelf shelf;

    @BeforeEach
    void begin() {
        server = LocalMongo.start(0);
        client = MongoClients.create(server.address() + "/?serverSelectionTimeoutMS=300");
        shelf = new MongoShelf(() -> client.getDatabase("d").getCollection("things"));
    }

    @AfterEach
    void end() {
        client.close();
        server.close();
    }

    @Test
    void keepsWhatWasWrittenLast() throws IOException {
        Instant before = Instant.now().minusSeconds(1);
        write("b", "one");
        write("a", "x".repeat(1_000_000));
        write("b", "two");

        assertThat(shelf.names()).containsExactly("a", "b");
        assertThat(read("b")).isEqualTo("two");
        assertThat(read("a")).hasSize(1_000_000);
        assertThat(shelf.read("b").orElseThrow().changedAt()).isBetween(before, Instant.now().plusSeconds(1));
        assertThat(shelf.read("c")).isEmpty();
        shelf.delete("b");
        assertThat(shelf.read("b")).isEmpty();
    }

    @Test
    void leavesWhatThereIsWhenWritingFails() throws IOException {
        write("a", "whole");

        assertThatThrownBy(() -> shelf.write("a", out -> {
            out.write('h');
            throw new IOException("half");
        })).isInstanceOf(UncheckedIOException.class);

        assertThat(read("a")).isEqualTo("whole");
    }

    @Test
    void refusesWhatIsTooLarge() {
        byte[] noise = new byte[17 << 20];
        new Random(1).nextBytes(noise);

        assertThatThrownBy(() -> shelf.write("a", out -> new ByteArrayInputStream(noise).transferTo(out)))
                .hasMessageContaining("too large to be kept in MongoDB");
    }

    @Test
    void saysWhenTheServerIsGone() {
        server.close();

        assertThatThrownBy(shelf::names).isInstanceOf(UncheckedIOException.class).hasMessageContaining("does not answer");
        assertThatThrownBy(() -> write("a", "b")).isInstanceOf(UncheckedIOException.class);
    }

    private void write(String name, String text) {
        shelf.write(name, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    private String read(String name) throws IOException {
        try (InputStream in = shelf.read(name).orElseThrow().contents()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
