package io.freshet.stream.definition;

import java.time.Duration;

import io.freshet.sink.redis.RedisTarget;

/** Parses the settings of a Redis sink. */
final class RedisDefinition {

    private static final Duration STANDARD_TTL = Duration.ofHours(1);
    private static final int STANDARD_MOST = 10_000;
    private static final int MAX_KEY_LENGTH = 512;

    private RedisDefinition() {
    }

    static RedisTarget parse(DefinitionNode redis) {
        redis.object("key", "ttl", "most");
        return new RedisTarget(redis.find("key").map(RedisDefinition::key), redis.find("ttl").map(RedisDefinition::ttl)
                .orElse(STANDARD_TTL), (int) redis.integer("most", 1, RedisTarget.MOST).orElse(STANDARD_MOST));
    }

    private static String key(DefinitionNode node) {
        if (node.text().length() > MAX_KEY_LENGTH) {
            throw node.wrong("must have at most " + MAX_KEY_LENGTH + " characters");
        }
        return node.text();
    }

    private static Duration ttl(DefinitionNode node) {
        Duration ttl = node.duration();
        if (ttl.compareTo(Duration.ofSeconds(1)) < 0) {
            throw node.wrong("must be at least 1s");
        }
        return ttl;
    }
}
