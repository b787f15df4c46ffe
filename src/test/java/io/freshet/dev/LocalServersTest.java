package io.freshet.dev;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

import org.bson.Document;
import org.junit.jupiter.api.Test;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;

class LocalServersTest {

    @Test
    void redisAnswers() throws IOException {
        try (LocalRedis redis = LocalRedis.start(freePort());
                Socket socket = new Socket("127.0.0.1", URI.create(redis.address()).getPort())) {
            socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(socket.getInputStream().readNBytes(7), StandardCharsets.US_ASCII)).isEqualTo("+PONG\r\n");
        }
    }

    @Test
    void mongoKeepsADocument() throws IOException {
        try (LocalMongo mongo = LocalMongo.start(freePort()); MongoClient client = MongoClients.create(mongo.address())) {
            client.getDatabase("d").getCollection("c").insertOne(new Document("a", 1));
            assertThat(client.getDatabase("d").getCollection("c").countDocuments()).isEqualTo(1);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
