package io.freshet.faults;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A stream with shards, exactly once, while instances are killed, restarted and suspended at random: reports what happened, how
 * long the shards stood still, and what a consumer counts.
 */
public final class ShardFaultsReport {

    private static final int SHARDS = 8;
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    /** Longer than other instances wait for a silent one. */
    private static final Duration SUSPENSION = Duration.ofSeconds(13);
    private static final String STREAM = "divided";

    private final Random random;

    private ShardFaultsReport(long seed) {
        this.random = new Random(seed);
    }

    /** @param args how many events there are, and the seed that chooses them */
    public static void main(String[] args) {
        int events = args.length > 0 ? Integer.parseInt(args[0]) : 10;
        long seed = args.length > 1 ? Long.parseLong(args[1]) : 1;
        new ShardFaultsReport(seed).run(events);
    }

    private void run(int events) {
        try (Instances instances = new Instances(3)) {
            any(instances).post("/api/v1/streams", """
                    {"name": "divided", "shards": %d, "source": {"pattern": {"seed": 7}}, "metadata": false,
                     "pace": {"recordsPerSecond": 2000, "batchSize": 100},
                     "sinks": [{"kafka": {"topic": "divided", "exactlyOnce": true}}]}""".formatted(SHARDS));
            awaitProgressOfAll(instances);
            for (int event = 0; event < events; event++) {
                System.out.println(happens(instances, instances.all.get(random.nextInt(instances.all.size()))));
            }
            any(instances).post("/api/v1/streams/" + STREAM + "/stop", "{}");
            Processes.await("all shards have stopped", PATIENCE,
                    () -> shards(instances).stream().allMatch(shard -> shard.get("state").asText().equals("stopped")));
            // an instance that does not run a shard knows the position that was saved last
            Processes.await("what was written is what the positions say", PATIENCE,
                    () -> Tally.of(instances.broker.direct(), STREAM).distinct() == shards(instances).stream()
                            .mapToLong(shard -> shard.get("records").asLong()).sum());
            Tally tally = Tally.of(instances.broker.direct(), STREAM);
            System.out.println(tally);
            if (tally.repeated() > 0) {
                throw new IllegalStateException("records are repeated: " + tally.repeated());
            }
        }
    }

    /** Does something to an instance; returns what, and how long it took until all shards went on. */
    private String happens(Instances instances, FreshetProcess instance) {
        int what = random.nextInt(3);
        if (what == 0) {
            instance.kill();
        } else if (what == 1) {
            instance.terminate();
        } else {
            instance.signal("STOP");
            Processes.pause(SUSPENSION);
            instance.signal("CONT");
        }
        long began = System.nanoTime();
        awaitProgressOfAll(instances);
        String took = Duration.ofNanos(System.nanoTime() - began).toMillis() + " ms";
        if (what < 2) {
            instance.start();
        }
        return List.of("killed", "restarted", "suspended").get(what) + " " + took;
    }

    private static FreshetProcess any(Instances instances) {
        return instances.all.stream().filter(FreshetProcess::isAlive).findFirst().orElseThrow();
    }

    private static List<JsonNode> shards(Instances instances) {
        JsonNode shards = any(instances).get("/api/v1/streams/" + STREAM).get("shards");
        return IntStream.range(0, shards.size()).mapToObj(shards::get).toList();
    }

    private static void awaitProgressOfAll(Instances instances) {
        List<JsonNode> before = shards(instances);
        Processes.await("all shards go on", PATIENCE, () -> {
            List<JsonNode> now = shards(instances);
            return now.size() == SHARDS && IntStream.range(0, SHARDS)
                    .allMatch(i -> now.get(i).get("records").asLong() > before.get(i).get("records").asLong() + 50);
        });
    }
}
