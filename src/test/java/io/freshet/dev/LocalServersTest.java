package io.freshet.dev;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

import org.bson.Document;
import org.junit.jupiter.api.Test;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;

class LocalServersTest {

    @Test
    void redisAnswersUntilItIsClosed() throws IOException {
        int port;
        try (LocalRedis redis = LocalRedis.start(0)) {
            port = redis.port();
            assertThat(URI.create(redis.address()).getPort()).isEqualTo(port);
            assertThat(ping(port)).isEqualTo("+PONG\r\n");
        }
        assertThatThrownBy(() -> ping(port)).isInstanceOf(IOException.class);
    }

    @Test
    void mongoKeepsADocument() {
        try (LocalMongo mongo = LocalMongo.start(0); MongoClient client = MongoClients.create(mongo.address())) {
            client.getDatabase("d").getCollection("c").insertOne(new Document("a", 1));
            assertThat(client.getDatabase("d").getCollection("c").find().first()).containsEntry("a", 1);
        }
    }

    @Test
    void aTakenPortIsSaidSo() {
        try (LocalRedis redis = LocalRedis.start(0)) {
            String taken = "port " + redis.port();
            assertThatThrownBy(() -> LocalRedis.start(redis.port())).hasMessageContaining(taken);
            assertThatThrownBy(() -> LocalMongo.start(redis.port())).hasMessageContaining(taken);
        }
    }

    private static String ping(int port) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readNBytes(7), StandardCharsets.US_ASCII);
        }
    }
}
