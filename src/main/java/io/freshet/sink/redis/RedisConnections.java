package io.freshet.sink.redis;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.StreamSupport;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

import io.freshet.sink.Sink;
import io.quarkus.runtime.StartupEvent;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;

/**
 * Creates Redis sinks and reads back the records they store, if Redis is configured. It connects when a connection is first
 * needed.
 */
@ApplicationScoped
public class RedisConnections {

    private static final String CLIENT_TYPE = "quarkus.redis.client-type";

    private final boolean configured;
    private final Supplier<Redis> redis;

    @Inject
    public RedisConnections(@ConfigProperty(name = "quarkus.redis.hosts") Optional<String> hosts, Instance<Redis> redis) {
        this(hosts.isPresent(), redis::get);
    }

    /**
     * Ends the start if Redis is configured as a cluster.
     *
     * @throws IllegalArgumentException if it is
     */
    void check(@Observes StartupEvent event, @ConfigProperty(name = CLIENT_TYPE) Optional<String> type) {
        check(type);
    }

    void check(Optional<String> type) {
        if (configured && type.filter("cluster"::equalsIgnoreCase).isPresent()) {
            throw new IllegalArgumentException(CLIENT_TYPE + " must be standalone, sentinel or replication, not cluster: "
                    + "records, models and streams are written in transactions over several keys, which a Redis Cluster "
                    + "does not support");
        }
    }

    RedisConnections(boolean configured, Supplier<Redis> redis) {
        this.configured = configured;
        this.redis = redis;
    }

    public boolean areConfigured() {
        return configured;
    }

    /**
     * Creates a sink for the last records of a stream.
     *
     * @param resumedAt the position at which the stream resumes; empty if it starts from the beginning, so that records of an
     *        earlier stream with its name are deleted
     */
    public Sink sink(String stream, RedisTarget target, OptionalLong resumedAt) {
        return new RedisSink(redis, stream, target, resumedAt);
    }

    /**
     * Returns the last {@code count} records of a stream as JSON, newest first. The stage fails with an {@link
     * IllegalStateException} if the key belongs to another stream.
     */
    public CompletionStage<List<String>> recent(String stream, RedisTarget target, int count) {
        String key = target.keyOf(stream);
        Request owner = Request.cmd(Command.GET).arg(RedisKeyClaim.ownerOf(key));
        Request read = Request.cmd(Command.ZRANGE).arg(key).arg(0).arg(count - 1L).arg("REV");
        return redis.get().batch(List.of(owner, read)).toCompletionStage()
                .thenApply(answers -> {
                    checkOwner(stream, key, answers.get(0));
                    return records(answers.get(1));
                });
    }

    /** Checks the owner of a key. Keys written by versions without owners have none. */
    private static void checkOwner(String stream, String key, @Nullable Response owner) {
        if (owner != null && !owner.toString().equals(stream)) {
            throw new IllegalStateException("the key " + key + " holds the records of the stream " + owner);
        }
    }

    private static List<String> records(Response members) {
        return StreamSupport.stream(members.spliterator(), false).map(member -> record(member.toString())).toList();
    }

    private static String record(String member) {
        return member.substring(member.indexOf(RedisSink.SEPARATOR) + 1);
    }

    /** Checks asynchronously whether Redis answers. */
    public CompletionStage<Boolean> ping() {
        return redis.get().send(Request.cmd(Command.PING)).toCompletionStage().handle((answer, thrown) -> thrown == null);
    }
}
