package io.freshet.store;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.UncheckedIOException;
import java.util.Random;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;

import io.freshet.dev.LocalMongo;

class MongoBlobStoreTest extends ShelfContract {

    private LocalMongo server;
    private MongoClient client;
    private MongoBlobStore shelf;

    @BeforeEach
    void begin() {
        server = LocalMongo.start(0);
        client = MongoClients.create(server.address() + "/?serverSelectionTimeoutMS=300");
        shelf = new MongoBlobStore(() -> client.getDatabase("d").getCollection("things"));
    }

    @Override
    BlobStore shelf() {
        return shelf;
    }

    @AfterEach
    void end() {
        client.close();
        server.close();
    }

    @Test
    void refusesWhatIsTooLarge() {
        byte[] noise = new byte[17 << 20];
        new Random(1).nextBytes(noise);

        assertThatThrownBy(() -> shelf.write("a", out -> new ByteArrayInputStream(noise).transferTo(out)))
                .hasMessageContaining("the entry is too large for MongoDB");
    }

    @Test
    void saysWhenTheServerIsGone() {
        server.close();

        assertThatThrownBy(shelf::names).isInstanceOf(UncheckedIOException.class).hasMessageContaining("does not answer");
        assertThatThrownBy(() -> write("a", "b")).isInstanceOf(UncheckedIOException.class);
    }
}
