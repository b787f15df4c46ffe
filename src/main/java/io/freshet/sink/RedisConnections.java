package io.freshet.sink;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.StreamSupport;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;

/** Redis, where it is configured: makes sinks and reads back what they keep. Nothing connects before it is needed. */
@ApplicationScoped
public class RedisConnections {

    private final boolean configured;
    private final Supplier<Redis> redis;

    @Inject
    public RedisConnections(@ConfigProperty(name = "quarkus.redis.hosts") Optional<String> hosts, Instance<Redis> redis) {
        this(hosts.isPresent(), redis::get);
    }

    RedisConnections(boolean configured, Supplier<Redis> redis) {
        this.configured = configured;
        this.redis = redis;
    }

    public boolean areConfigured() {
        return configured;
    }

    /**
     * A sink for the last records of a stream.
     *
     * @param fresh whether the stream begins anew: what is there of one with its name is none of its
     */
    public Sink sink(String stream, RedisTarget target, boolean fresh) {
        return new RedisSink(redis, target.keyOf(stream), target, fresh);
    }

    /** The last {@code count} records under a key, newest first, as JSON. */
    public CompletionStage<List<String>> recent(String key, int count) {
        Request read = Request.cmd(Command.ZRANGE).arg(key).arg(0).arg(count - 1L).arg("REV");
        return redis.get().send(read).toCompletionStage().thenApply(
                members -> StreamSupport.stream(members.spliterator(), false).map(member -> record(member.toString()))
                        .toList());
    }

    private static String record(String member) {
        return member.substring(member.indexOf(RedisSink.SEPARATOR) + 1);
    }

    /** Whether it answers, when it does. */
    public CompletionStage<Boolean> ping() {
        return redis.get().send(Request.cmd(Command.PING)).toCompletionStage().handle((answer, thrown) -> thrown == null);
    }
}
