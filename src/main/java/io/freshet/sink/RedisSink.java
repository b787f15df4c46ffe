package io.freshet.sink;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.ResponseType;

/**
 * Keeps the last records of a stream in a sorted set of Redis: by their positions, each as {@code POSITION:RECORD}. A record
 * that comes again takes the place of the one that was there, so nothing is kept twice. Batches that come while others are
 * under way are one transaction in one pipeline. What a stream of the same name kept before is thrown away by one that
 * begins anew.
 */
public final class RedisSink implements Sink {

    /** Between the position and the record. */
    static final byte SEPARATOR = ':';

    private static final int MOST_TOGETHER = 8_000;

    /** A batch and the commands that write it. */
    private record Part(OutgoingBatch batch, List<Request> commands) {
    }

    private final Supplier<Redis> redis;
    private final String key;
    private final RedisTarget target;
    private final Gathering<Part> parts = new Gathering<>(MOST_TOGETHER, this::write);
    private volatile boolean fresh;
    /** Whether anything was written since the stream was taken up again. */
    private volatile boolean begun;

    /**
     * @param redis asked when the first batch comes
     * @param key of the sorted set
     * @param fresh whether the stream begins anew
     */
    RedisSink(Supplier<Redis> redis, String key, RedisTarget target, boolean fresh) {
        this.redis = redis;
        this.key = key;
        this.target = target;
        this.fresh = fresh;
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
    public CompletionStage<Delivery> deliver(Consignment consignment) {
        return parts.add(new Part(consignment.batch(), written(consignment)), consignment.size())
                .exceptionally(thrown -> new Delivery.TransientFailure("key " + key + ": " + reason(thrown)));
    }

    private CompletionStage<List<Delivery>> write(List<Part> together) {
        List<Request> commands = new ArrayList<>();
        commands.add(Request.cmd(Command.MULTI));
        OutgoingBatch first = together.get(0).batch();
        if (fresh) {
            commands.add(Request.cmd(Command.DEL).arg(key));
        } else if (!begun && isMade(first)) {
            // the stages make all that came of these positions once more
            commands.add(Request.cmd(Command.ZREMRANGEBYSCORE).arg(key).arg(first.position()).arg("+inf"));
        }
        together.forEach(part -> commands.addAll(part.commands()));
        commands.add(Request.cmd(Command.EXEC));
        return redis.get().batch(commands).toCompletionStage()
                .thenApply(answers -> Collections.nCopies(together.size(), outcome(answers.get(commands.size() - 1))));
    }

    /** Runs of neighbours replace what is there in their places; only as many as are kept are sent at all. */
    private List<Request> written(Consignment consignment) {
        OutgoingBatch batch = consignment.batch();
        if (isMade(batch)) {
            return made(batch, consignment.open());
        }
        int[] open = consignment.open();
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

    /** Whether its records are what stages have made: of one position there may be many, or none. */
    private static boolean isMade(OutgoingBatch batch) {
        return batch.envelopes().origins() != null;
    }

    private List<Request> made(OutgoingBatch batch, int[] open) {
        List<Request> requests = new ArrayList<>();
        Request add = Request.cmd(Command.ZADD).arg(key);
        for (int i = Math.max(0, open.length - target.most()); i < open.length; i++) {
            // what a stage makes because time goes on comes of a record before
            long position = Math.max(batch.position(), batch.position(open[i]));
            add.arg(position).arg(member(position + ".%05d".formatted(open[i]), batch, open[i]));
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

    private static Buffer member(String place, OutgoingBatch batch, int record) {
        byte[] prefix = place.getBytes(StandardCharsets.US_ASCII);
        return Buffer.buffer(prefix.length + 1 + batch.records().length(record)).appendBytes(prefix).appendByte(SEPARATOR)
                .appendBytes(batch.records().bytes(), batch.records().start(record), batch.records().length(record));
    }

    /** @param done what became of each command of the transaction; null if none was done */
    private Delivery outcome(@Nullable Response done) {
        if (done == null || done.type() != ResponseType.MULTI) {
            return new Delivery.TransientFailure("key " + key + ": the transaction was not carried out");
        }
        for (Response each : done) {
            if (each.type() == ResponseType.ERROR) {
                return new Delivery.TransientFailure("key " + key + ": " + each);
            }
        }
        fresh = false;
        begun = true;
        return Delivery.delivered();
    }

    private static String reason(Throwable thrown) {
        Throwable cause = thrown.getCause() == null ? thrown : thrown.getCause();
        return String.valueOf(cause.getMessage());
    }

    @Override
    public void close() {
        // the connections are those of all sinks
    }
}
