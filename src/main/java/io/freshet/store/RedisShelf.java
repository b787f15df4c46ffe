package io.freshet.store;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

import org.jspecify.annotations.Nullable;

import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;

/**
 * Things of one kind in one hash of Redis, each a field: when it was written, in milliseconds since 1970, and its contents,
 * packed. A second hash has the times alone, so that nobody has to read everything to see what has changed.
 */
final class RedisShelf implements Shelf {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** Redis takes 512 MB. */
    private static final int LARGEST = 500 << 20;

    private final Supplier<Redis> redis;
    private final String key;
    private final String times;

    /** @param redis asked each time */
    RedisShelf(Supplier<Redis> redis, String key) {
        this.redis = redis;
        this.key = key;
        this.times = key + ":changed";
    }

    @Override
    public Instant write(String name, Contents contents) {
        long now = System.currentTimeMillis();
        answer(Request.cmd(Command.HSET).arg(key).arg(name).arg(packed(contents, now)));
        answer(Request.cmd(Command.HSET).arg(times).arg(name).arg(now));
        return Instant.ofEpochMilli(now);
    }

    @Override
    public boolean writeNew(String name, Contents contents) {
        long now = System.currentTimeMillis();
        Response written = answer(Request.cmd(Command.HSETNX).arg(key).arg(name).arg(packed(contents, now)));
        if (written == null || written.toInteger() == 0) {
            return false;
        }
        answer(Request.cmd(Command.HSET).arg(times).arg(name).arg(now));
        return true;
    }

    private static Buffer packed(Contents contents, long now) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        packed.writeBytes(ByteBuffer.allocate(Long.BYTES).putLong(now).array());
        Deflater deflater = new Deflater(Deflater.BEST_SPEED);
        try (OutputStream out = new DeflaterOutputStream(packed, deflater)) {
            contents.writeTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            deflater.end();
        }
        if (packed.size() > LARGEST) {
            throw new UncheckedIOException(new IOException(
                    "it is too large to be kept in Redis: " + packed.size() + " bytes, at most " + LARGEST));
        }
        return Buffer.buffer(packed.toByteArray());
    }

    @Override
    public Optional<Kept> read(String name) {
        return Optional.ofNullable(answer(Request.cmd(Command.HGET).arg(key).arg(name))).map(Response::toBytes)
                .map(bytes -> new Kept(
                        new InflaterInputStream(new ByteArrayInputStream(bytes, Long.BYTES, bytes.length - Long.BYTES)),
                        Instant.ofEpochMilli(ByteBuffer.wrap(bytes).getLong())));
    }

    @Override
    public void delete(String name) {
        answer(Request.cmd(Command.HDEL).arg(key).arg(name));
        answer(Request.cmd(Command.HDEL).arg(times).arg(name));
    }

    @Override
    public Map<String, Instant> changes() {
        Map<String, Instant> changes = new HashMap<>();
        Response all = answer(Request.cmd(Command.HGETALL).arg(times));
        if (all != null) {
            all.getKeys().forEach(name -> changes.put(name, Instant.ofEpochMilli(all.get(name).toLong())));
        }
        return changes;
    }

    @Override
    public List<String> names() {
        Response all = answer(Request.cmd(Command.HKEYS).arg(key));
        List<String> names = new ArrayList<>();
        if (all != null) {
            all.forEach(name -> names.add(name.toString()));
        }
        Collections.sort(names);
        return names;
    }

    private @Nullable Response answer(Request request) {
        try {
            return redis.get().send(request).toCompletionStage().toCompletableFuture().get(PATIENCE.toMillis(),
                    TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new UncheckedIOException(new IOException("Redis does not answer", e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException("nobody waits for Redis any more", e));
        }
    }
}
