package io.freshet.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;

/** Three instances with one store: each stream runs on one of them, and goes on when that ends, however it ends. */
class RollingRestartIT {

    private static final int TERMINATED = 143;
    private static final int PER_SECOND = 400;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final List<String> STREAMS = List.of("one", "two", "three", "four", "five", "six");
    private static final String FOLLOWED = "of-a-model";

    private static void begin(Instances instances) {
        for (int i = 0; i < STREAMS.size(); i++) {
            instances.all.get(i % instances.all.size()).post("/api/v1/streams",
                    """
                            {"name": "%s", "source": {"pattern": {"seed": 7}}, "metadata": false, "pace": {"burst": {"every": "500ms", "records": %d}},
                             "sinks": [{"kafka": {"topic": "%s"}}]}"""
                            .formatted(STREAMS.get(i), PER_SECOND / 2, STREAMS.get(i)));
        }
        STREAMS.forEach(stream -> instances.awaitProgress(stream, PER_SECOND));
    }

    private static void eachRunsOnce(Instances instances) {
        for (String stream : STREAMS) {
            Processes.await("the stream " + stream + " runs once", PATIENCE, () -> instances.runningOn(stream) == 1);
        }
    }

    /** Stops all streams by way of one instance, wherever they run, and counts. */
    private static void nothingIsLost(Instances instances, long maxRepeated) {
        FreshetProcess any = instances.all.get(0);
        STREAMS.forEach(stream -> any.post("/api/v1/streams/" + stream + "/stop", "{}"));
        for (String stream : STREAMS) {
            Processes.await(stream + " has stopped", PATIENCE,
                    () -> any.get("/api/v1/streams/" + stream).get("state").asText().equals("stopped"));
            // an instance that does not run the stream knows the position that was saved last
            Processes.await("the position of " + stream + " is saved", PATIENCE,
                    () -> Tally.of(instances.broker.direct(), stream).distinct() == instances.position(stream));
            Tally tally = Tally.of(instances.broker.direct(), stream);
            assertThat(tally.first()).as("%s: %s", stream, tally).isEqualTo(tally.distinct())
                    .isEqualTo(instances.position(stream));
            assertThat(tally.repeated()).as("%s: %s", stream, tally).isLessThanOrEqualTo(maxRepeated);
        }
    }

    private static void othersSayThatItIsElsewhere(Instances instances) {
        String stream = STREAMS.get(0);
        String recent = "/api/v1/recent/" + stream;
        for (FreshetProcess instance : instances.all) {
            if (instance.get("/api/v1/streams/" + stream).hasNonNull("elsewhere")) {
                assertThatThrownBy(() -> instance.get(recent)).hasMessageStartingWith("421 ");
                assertThat(instance.get("/api/v1/streams/" + stream + "/health").path("stream").asText()).isEqualTo(stream);
            } else {
                assertThat(instance.get(recent).get("from").asText()).isEqualTo("memory");
            }
        }
    }

    @Test
    void nothingIsLostOrMadeTwiceWhenInstancesAreRestartedOneByOne() {
        try (Instances instances = new Instances(3); RoamingClient client = new RoamingClient(instances.addresses())) {
            instances.all.get(0).put("/api/v1/models/colours", "text/csv", "colour\n" + "red\nblue\n".repeat(50));
            begin(instances);
            eachRunsOnce(instances);
            instances.all.get(1).post("/api/v1/streams", """
                    {"name": "%s", "source": {"model": "colours"}, "pace": {"recordsPerSecond": 50, "batchSize": 10},
                     "sinks": [{"websocket": {}}]}""".formatted(FOLLOWED));
            client.ask("/api/v1/models/colours/samples?count=10&seed=1");
            client.follow("/", "\"status\":\"complete\"",
                    "{\"action\":\"generate\",\"model\":\"colours\",\"count\":50,\"batch_size\":50}");
            try (RoamingClient follower = new RoamingClient(instances.addresses())) {
                follower.follow("/streams/" + FOLLOWED, "\"records\":");
                for (FreshetProcess instance : instances.all) {
                    long answered = client.answered.get();
                    assertThat(instance.terminate()).isEqualTo(TERMINATED);
                    STREAMS.forEach(stream -> instances.awaitProgress(stream, PER_SECOND));
                    long messages = client.messages.get();
                    long followed = follower.messages.get();
                    Processes.await("sockets go on elsewhere", PATIENCE, () -> client.messages.get() > messages + 10
                            && follower.messages.get() > followed + 10 && client.answered.get() > answered + 50);
                    instance.start();
                    STREAMS.forEach(stream -> instances.awaitProgress(stream, PER_SECOND));
                }
                eachRunsOnce(instances);
                client.close();
                assertThat(client.unanswered).as("turned away by one instance: %s", client.turnedAway).hasValue(0);
                nothingIsLost(instances, 0);
                System.out.printf(
                        "requests answered %s, by another instance than the first asked %s; messages %s, closed with %s;"
                                + " followed %s, closed with %s%n",
                        client.answered, client.turnedAway, client.messages,
                        client.closeCodes, follower.messages, follower.closeCodes);
            }
        }
    }

    @Test
    void anInstanceThatIsKilledIsReplaced() {
        try (Instances instances = new Instances(2)) {
            begin(instances);
            eachRunsOnce(instances);
            othersSayThatItIsElsewhere(instances);
            instances.all.get(0).kill();
            STREAMS.forEach(stream -> instances.awaitProgress(stream, PER_SECOND));
            instances.all.get(0).start();
            STREAMS.forEach(stream -> instances.awaitProgress(stream, PER_SECOND));
            eachRunsOnce(instances);
            // positions are written down every second
            nothingIsLost(instances, 3 * PER_SECOND);
        }
    }
}
