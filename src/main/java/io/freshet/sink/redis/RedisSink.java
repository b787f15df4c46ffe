package io.freshet.sink.redis;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.freshet.sink.BatchDelivery;
import io.freshet.sink.Delivery;
import io.freshet.sink.EncodedBatch;
import io.freshet.sink.Sink;
import io.freshet.sink.WriteCoalescer;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.ResponseType;

/**
 * Stores the last records of a stream in a sorted set of Redis, scored by position, each as {@code POSITION:RECORD}. A record
 * that arrives again replaces the earlier one, so that nothing is stored twice. Batches that arrive while others are being
 * written are written as one transaction in one pipeline. A stream that starts from the beginning deletes the records of an
 * earlier stream with its name. A key that belongs to another stream is never written; see {@link RedisKeyClaim}.
 */
public final class RedisSink implements Sink {

    /** Separates the position from the record. */
    static final byte SEPARATOR = ':';

    private static final int MAX_TOGETHER = 8_000;

    /** A batch and the commands that write it. */
    private record Part(EncodedBatch batch, List<Request> commands) {
    }

    private final Supplier<Redis> redis;
    private final String key;
    private final RedisTarget target;
    private final RedisKeyClaim claim;
    private final WriteCoalescer<Part> parts = new WriteCoalescer<>(MAX_TOGETHER, this::write);
    /** Where the stream resumes; empty if it starts from the beginning. */
    private final OptionalLong resumedAt;
    /** Whether anything has been written since the stream started or resumed. */
    private volatile boolean written;

    /**
     * @param redis provides the client when the first batch arrives
     * @param stream the stream whose records are stored
     * @param resumedAt the position at which the stream resumes; empty if it starts from the beginning
     */
    RedisSink(Supplier<Redis> redis, String stream, RedisTarget target, OptionalLong resumedAt) {
        this.redis = redis;
        this.key = target.keyOf(stream);
        this.target = target;
        this.claim = new RedisKeyClaim(redis, key, stream, target.ttl());
        this.resumedAt = resumedAt;
    }

    @Override
    public String kind() {
        return "redis";
    }

    @Override
    public String target() {
        return key;
    }

    @Override
    public CompletionStage<Delivery> deliver(BatchDelivery batchDelivery) {
        return parts.add(new Part(batchDelivery.batch(), written(batchDelivery)), batchDelivery.size())
                .exceptionally(thrown -> new Delivery.TransientFailure("key " + key + ": " + reason(thrown)));
    }

    private CompletionStage<List<Delivery>> write(List<Part> together) {
        return claim.confirm().thenCompose(refusal -> refusal.isEmpty() ? writeOwned(together)
                : CompletableFuture.completedFuture(Collections.nCopies(together.size(),
                        new Delivery.PermanentFailure("key " + key + ": " + refusal.get()))));
    }

    private CompletionStage<List<Delivery>> writeOwned(List<Part> together) {
        long sent = System.nanoTime();
        List<Request> commands = new ArrayList<>();
        commands.add(Request.cmd(Command.MULTI));
        EncodedBatch first = together.get(0).batch();
        if (!written && resumedAt.isEmpty()) {
            commands.add(Request.cmd(Command.DEL).arg(key));
        } else if (!written && isMade(first)) {
            // the stages make everything again that originates from these positions, perhaps from later ones than before
            commands.add(Request.cmd(Command.ZREMRANGEBYSCORE).arg(key)
                    .arg(Math.min(resumedAt.getAsLong(), first.position())).arg("+inf"));
        }
        together.forEach(part -> commands.addAll(part.commands()));
        commands.add(claim.renewal());
        commands.add(Request.cmd(Command.EXEC));
        return redis.get().batch(commands).toCompletionStage().thenApply(
                answers -> Collections.nCopies(together.size(), outcome(answers.get(commands.size() - 1), sent)));
    }

    /**
     * Returns the commands that write a batch. Runs of consecutive records replace what is stored at their positions, and
     * records beyond the maximum are not sent at all.
     */
    private List<Request> written(BatchDelivery batchDelivery) {
        EncodedBatch batch = batchDelivery.batch();
        if (isMade(batch)) {
            return made(batch, batchDelivery.open());
        }
        int[] open = batchDelivery.open();
        int first = Math.max(0, open.length - target.most());
        List<Request> requests = new ArrayList<>();
        Request add = Request.cmd(Command.ZADD).arg(key);
        int runBegan = first;
        for (int i = first; i < open.length; i++) {
            long position = batch.position() + open[i];
            add.arg(position).arg(member(Long.toString(position), batch, open[i]));
            if (i + 1 == open.length || open[i + 1] != open[i] + 1) {
                requests.add(Request.cmd(Command.ZREMRANGEBYSCORE).arg(key).arg(batch.position() + open[runBegan])
                        .arg(position));
                runBegan = i + 1;
            }
        }
        if (open.length > 0) {
            requests.add(add);
            bound(requests);
        }
        return requests;
    }

    /** Returns whether stages have made the records, so that one position may have several records or none. */
    private static boolean isMade(EncodedBatch batch) {
        return batch.headers().sourcePositions() != null;
    }

    private List<Request> made(EncodedBatch batch, int[] open) {
        List<Request> requests = new ArrayList<>();
        Request add = Request.cmd(Command.ZADD).arg(key);
        for (int i = Math.max(0, open.length - target.most()); i < open.length; i++) {
            // a record that a stage makes as time advances originates from an earlier record
            long position = Math.max(batch.position(), batch.position(open[i]));
            add.arg(position).arg(member(String.format(Locale.ROOT, "%d.%05d", position, open[i]), batch, open[i]));
        }
        if (open.length > 0) {
            requests.add(add);
            bound(requests);
        }
        return requests;
    }

    private void bound(List<Request> requests) {
        requests.add(Request.cmd(Command.ZREMRANGEBYRANK).arg(key).arg(0).arg(-(target.most() + 1L)));
        requests.add(Request.cmd(Command.PEXPIRE).arg(key).arg(target.ttl().toMillis()));
    }

    private static Buffer member(String place, EncodedBatch batch, int record) {
        byte[] prefix = place.getBytes(StandardCharsets.US_ASCII);
        return Buffer.buffer(prefix.length + 1 + batch.records().length(record)).appendBytes(prefix).appendByte(SEPARATOR)
                .appendBytes(batch.records().bytes(), batch.records().start(record), batch.records().length(record));
    }

    /**
     * Evaluates the transaction.
     *
     * @param done the results of its commands; null if it was not executed
     * @param sentNanos when it was sent
     */
    private Delivery outcome(@Nullable Response done, long sentNanos) {
        if (done == null || done.type() != ResponseType.MULTI) {
            return new Delivery.TransientFailure("key " + key + ": the transaction was not carried out");
        }
        for (Response each : done) {
            if (each.type() == ResponseType.ERROR) {
                return new Delivery.TransientFailure("key " + key + ": " + each);
            }
        }
        claim.renewed(sentNanos);
        written = true;
        return Delivery.delivered();
    }

    private static String reason(Throwable thrown) {
        Throwable cause = thrown.getCause() == null ? thrown : thrown.getCause();
        return String.valueOf(cause.getMessage());
    }

    @Override
    public void close() {
        // all sinks share the connections
    }
}
