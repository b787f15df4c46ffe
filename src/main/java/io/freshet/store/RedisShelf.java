package io.freshet.store;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
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
 * Things of one kind in one hash of Redis, each two fields: its name with its contents, packed, and its name behind an
 * {@value #CHANGED} with when it was written, in milliseconds since 1970.
 */
final class RedisShelf implements Shelf {

    /** No name begins with it. */
    static final String CHANGED = "@";
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** Redis takes 512 MB. */
    private static final int LARGEST = 500 << 20;

    private final Supplier<Redis> redis;
    private final String key;

    /** @param redis asked each time */
    RedisShelf(Supplier<Redis> redis, String key) {
        this.redis = redis;
        this.key = key;
    }

    @Override
    public void write(String name, Contents contents) {
        answer(Request.cmd(Command.HSET).arg(key).arg(name).arg(packed(contents)).arg(CHANGED + name).arg(now()));
    }

    @Override
    public boolean writeNew(String name, Contents contents) {
        Response written = answer(Request.cmd(Command.HSETNX).arg(key).arg(name).arg(packed(contents)));
        if (written == null || written.toInteger() == 0) {
            return false;
        }
        answer(Request.cmd(Command.HSET).arg(key).arg(CHANGED + name).arg(now()));
        return true;
    }

    private static long now() {
        return System.currentTimeMillis();
    }

    private static Buffer packed(Contents contents) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
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
        Response both = answer(Request.cmd(Command.HMGET).arg(key).arg(name).arg(CHANGED + name));
        Response contents = both == null ? null : both.get(0);
        return both == null || contents == null ? Optional.empty()
                : Optional.of(new Kept(new InflaterInputStream(new ByteArrayInputStream(contents.toBytes())), time(both.get(1))));
    }

    private static Instant time(@Nullable Response millis) {
        return Instant.ofEpochMilli(millis == null ? 0 : millis.toLong());
    }

    @Override
    public void delete(String name) {
        answer(Request.cmd(Command.HDEL).arg(key).arg(name).arg(CHANGED + name));
    }

    @Override
    public Map<String, Instant> changes() {
        Map<String, Instant> changes = new HashMap<>();
        List<String> names = names();
        if (names.isEmpty()) {
            return changes;
        }
        Request read = Request.cmd(Command.HMGET).arg(key);
        names.forEach(name -> read.arg(CHANGED + name));
        Response times = answer(read);
        for (int i = 0; i < names.size() && times != null; i++) {
            changes.put(names.get(i), time(times.get(i)));
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
        names.removeIf(name -> name.startsWith(CHANGED));
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
