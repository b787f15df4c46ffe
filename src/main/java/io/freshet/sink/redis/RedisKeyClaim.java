package io.freshet.sink.redis;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;

/**
 * Claims a Redis key for one stream. The owner is stored beside it, under {@code KEY:owner}, and expires together with the key.
 * A key that holds anything but records, or records of another stream, is not touched.
 */
final class RedisKeyClaim {

    /**
     * The script that claims a key. A sorted set without an owner is accepted if it contains records by their positions,
     * because earlier versions stored no owner.
     */
    private static final String CLAIM = """
            local kind = redis.call('TYPE', KEYS[1]).ok
            if kind ~= 'none' and kind ~= 'zset' then return 'it holds a ' .. kind .. ', which is not overwritten' end
            local owner = redis.call('GET', KEYS[2])
            if owner and owner ~= ARGV[1] then return 'it holds the records of the stream ' .. owner end
            if not owner and kind == 'zset' then
              local first = redis.call('ZRANGE', KEYS[1], 0, 0)[1]
              if not string.match(first, '^%d+%.?%d*:{') then return 'it holds a zset of something else, which is not overwritten' end
            end
            redis.call('SET', KEYS[2], ARGV[1], 'PX', ARGV[2])
            return ''
            """;

    private final Supplier<Redis> redis;
    private final String key;
    private final String stream;
    private final Duration ttl;
    private volatile long confirmedNanos;
    private volatile boolean confirmed;

    RedisKeyClaim(Supplier<Redis> redis, String key, String stream, Duration ttl) {
        this.redis = redis;
        this.key = key;
        this.stream = stream;
        this.ttl = ttl;
    }

    /** Returns the key that stores the owner of a key. */
    static String ownerOf(String key) {
        return key + ":owner";
    }

    /**
     * Claims the key, unless a recent claim is still valid. The stage completes with the reason why the key is refused, or
     * empty.
     */
    CompletionStage<Optional<String>> confirm() {
        if (confirmed && System.nanoTime() - confirmedNanos < ttl.toNanos() / 2) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        long asked = System.nanoTime();
        Request claim = Request.cmd(Command.EVAL).arg(CLAIM).arg(2).arg(key).arg(ownerOf(key)).arg(stream).arg(ttl.toMillis());
        return redis.get().send(claim).toCompletionStage().thenApply(answer -> {
            if (!answer.toString().isEmpty()) {
                return Optional.of(answer.toString());
            }
            renewed(asked);
            return Optional.empty();
        });
    }

    /** Returns the command that extends the owner's expiry to that of the key. */
    Request renewal() {
        return Request.cmd(Command.PEXPIRE).arg(ownerOf(key)).arg(ttl.toMillis());
    }

    /** Notes that a renewal sent at this time has been executed. */
    void renewed(long sentNanos) {
        confirmedNanos = sentNanos;
        confirmed = true;
    }
}
