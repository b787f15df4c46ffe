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
import java.util.OptionalLong;
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
 * Stores entries of one kind in a Redis hash. Each field holds the time the entry was written, in milliseconds since 1970,
 * and its compressed contents. A second hash holds only the times, so that changes can be detected without reading all
 * entries. A third hash holds the epochs of claimed entries.
 */
final class RedisBlobStore implements BlobStore {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** Redis limits a value to 512 MB. */
    private static final int LARGEST = 500 << 20;

    private static final String OUT_OF_MEMORY = "OOM command not allowed";
    /** Writes the entry whatever its stored epoch is, and also if it does not exist. */
    private static final String ANY = "any";
    /** Writes the entry only if it does not exist. */
    private static final String NONE = "none";
    /**
     * Keys: entries, times, epochs. Arguments: name, entry, time, expected epoch. One script replaces several commands, so
     * that no other client sees, and no crash leaves, an entry without its time.
     */
    private static final String WRITE = """
            local there = redis.call('HEXISTS', KEYS[1], ARGV[1]) == 1
            if ARGV[4] == 'none' then
              if there then return 0 end
            elseif ARGV[4] ~= 'any' and not (there and redis.call('HGET', KEYS[3], ARGV[1]) == ARGV[4]) then
              return 0
            end
            redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
            redis.call('HSET', KEYS[2], ARGV[1], ARGV[3])
            return 1
            """;
    /** Arguments: name, current time. Numbers stay texts or below 2^53, so that Lua does not round them. */
    private static final String CLAIM = """
            if redis.call('HEXISTS', KEYS[1], ARGV[1]) == 0 then return nil end
            local epoch = redis.call('HINCRBY', KEYS[3], ARGV[1], 1)
            if epoch < tonumber(ARGV[2]) then
              redis.call('HSET', KEYS[3], ARGV[1], ARGV[2])
            end
            return redis.call('HGET', KEYS[3], ARGV[1])
            """;
    private static final String DELETE = """
            for i = 1, 3 do redis.call('HDEL', KEYS[i], ARGV[1]) end
            return 1
            """;

    private final Supplier<Redis> redis;
    private final String key;
    private final String times;
    private final String epochs;

    /** @param redis called for every operation */
    RedisBlobStore(Supplier<Redis> redis, String key) {
        this.redis = redis;
        this.key = key;
        this.times = key + ":changed";
        this.epochs = key + ":epoch";
    }

    @Override
    public Instant write(String name, Contents contents) {
        long now = System.currentTimeMillis();
        store(name, contents, now, ANY);
        return Instant.ofEpochMilli(now);
    }

    @Override
    public boolean writeNew(String name, Contents contents) {
        return store(name, contents, System.currentTimeMillis(), NONE);
    }

    @Override
    public boolean write(String name, long epoch, Contents contents) {
        return store(name, contents, System.currentTimeMillis(), Long.toString(epoch));
    }

    private boolean store(String name, Contents contents, long now, String stored) {
        Response written = answer(script(WRITE).arg(name).arg(packed(contents, now)).arg(now).arg(stored));
        return written != null && written.toInteger() == 1;
    }

    @Override
    public OptionalLong claim(String name) {
        Response epoch = answer(script(CLAIM).arg(name).arg(System.currentTimeMillis()));
        return epoch == null ? OptionalLong.empty() : OptionalLong.of(epoch.toLong());
    }

    private Request script(String text) {
        return Request.cmd(Command.EVAL).arg(text).arg(3).arg(key).arg(times).arg(epochs);
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
                    "the entry is too large for Redis: " + packed.size() + " bytes, at most " + LARGEST));
        }
        return Buffer.buffer(packed.toByteArray());
    }

    @Override
    public Optional<Entry> read(String name) {
        return Optional.ofNullable(answer(Request.cmd(Command.HGET).arg(key).arg(name))).map(Response::toBytes)
                .map(RedisBlobStore::unpacked);
    }

    private static Entry unpacked(byte[] bytes) {
        if (bytes.length < Long.BYTES) {
            throw new CorruptEntryException("it is cut off after " + bytes.length + " bytes");
        }
        return new Entry(new InflaterInputStream(new ByteArrayInputStream(bytes, Long.BYTES, bytes.length - Long.BYTES)),
                Instant.ofEpochMilli(ByteBuffer.wrap(bytes).getLong()));
    }

    @Override
    public void delete(String name) {
        answer(script(DELETE).arg(name));
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
            if (String.valueOf(e.getMessage()).contains(OUT_OF_MEMORY)) {
                throw new StoreFullException("Redis has reached its maxmemory", new IOException(e));
            }
            throw new UncheckedIOException(new IOException("Redis does not answer", e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException("interrupted while waiting for Redis", e));
        }
    }
}
