package io.freshet.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

import jakarta.inject.Inject;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.freshet.sink.live.Broadcaster;
import io.freshet.stream.Definitions;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;

@QuarkusTest
class FollowSocketQuarkusTest {

    private static final int FOLLOWERS = 20;

    /** Keeps the errors that are logged. */
    private static final class Errors extends Handler {
        private final List<String> logged = new CopyOnWriteArrayList<>();

        @Override
        public void publish(LogRecord entry) {
            if (entry.getLevel().intValue() >= Level.SEVERE.intValue()) {
                logged.add(entry.getLoggerName() + ": " + entry.getMessage() + " " + entry.getThrown());
            }
        }

        @Override
        public void flush() {
            // nothing is buffered
        }

        @Override
        public void close() {
            // nothing is open
        }
    }

    @Inject
    Broadcaster feed;

    @ParameterizedTest
    @ValueSource(strings = { "/streams/left", "/streams/left?filter=record.sequence%20%3E%200" })
    void followersMayLeaveAtAnyTimeWithoutAnError(String path) throws Exception {
        given().contentType("application/json")
                .body(Definitions.yaml("{name: left, source: {pattern: {}}, sinks: [{websocket: {}}]}").toString())
                .post("/api/v1/streams").then().statusCode(201);
        Errors errors = new Errors();
        Logger.getLogger("").addHandler(errors);
        try {
            for (int i = 0; i < FOLLOWERS; i++) {
                try (SocketClient follower = new SocketClient(RestAssured.port, path)) {
                    follower.receive();
                }
            }
            await().atMost(Duration.ofSeconds(20)).until(() -> !feed.hasSubscribers("left"));
        } finally {
            Logger.getLogger("").removeHandler(errors);
            given().delete("/api/v1/streams/left");
        }
        assertThat(errors.logged).isEmpty();
    }
}
