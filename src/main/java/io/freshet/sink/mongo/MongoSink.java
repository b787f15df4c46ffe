package io.freshet.sink.mongo;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.client.model.InsertManyOptions;

import io.freshet.codec.BatchMetadata;
import io.freshet.sink.BatchDelivery;
import io.freshet.sink.Delivery;
import io.freshet.sink.FailureCode;
import io.freshet.sink.RecordHeaderFields;
import io.freshet.sink.Sink;
import io.freshet.sink.WriteCoalescer;

/**
 * Stores the records of a stream as documents. Each record has its own id, and a record that already exists counts as
 * delivered, so that retries store nothing twice. The bytes of a batch are converted to documents immediately. They are written
 * as one unordered bulk when the previous write has been acknowledged, together with the batches that arrived in the meantime.
 */
public final class MongoSink implements Sink {

    private static final int DUPLICATE = 11000;
    /** Error codes that concern a record and not the database: too large, bad values, rejected by a validator, bad BSON. */
    private static final Set<Integer> FOR_GOOD = Set.of(2, 9, 14, 22, 121, 10334, 17280);
    /** The maximum size of a document that every MongoDB accepts, less what a time-series collection adds. */
    private static final int LARGEST = (16 << 20) - (1 << 14);

    private static final int MAX_TOGETHER = 8_000;

    /** The documents of a batch, and the indices of their records. */
    private record Bulk(BatchDelivery batch, List<Integer> records, List<RawBsonDocument> documents) {
    }

    private final Supplier<MongoCollections> database;
    private final Executor executor;
    private final String id;
    private final MongoTarget target;
    private final boolean fresh;
    private final RecordHeaderFields fields;
    private final WriteCoalescer<Bulk> bulks = new WriteCoalescer<>(MAX_TOGETHER, this::write);
    private volatile @Nullable RecordDocuments documents;

    /**
     * @param database provides the database when the first batch arrives
     * @param executor runs the blocking writes
     * @param id the id of the sink, unique among all sinks
     * @param fresh whether the stream starts from the beginning
     */
    MongoSink(Supplier<MongoCollections> database, Executor executor, String id, MongoTarget target, boolean fresh) {
        this.database = database;
        this.executor = executor;
        this.id = id;
        this.target = target;
        this.fresh = fresh;
        this.fields = RecordHeaderFields.ofTimestamp(target.timestamp().orElse(null));
    }

    @Override
    public String kind() {
        return "mongodb";
    }

    @Override
    public String target() {
        return target.collection();
    }

    @Override
    public RecordHeaderFields fields() {
        return fields;
    }

    @Override
    public CompletionStage<Delivery> deliver(BatchDelivery batchDelivery) {
        RecordDocuments known;
        try {
            known = documents(batchDelivery.batch().stream());
        } catch (RuntimeException e) {
            return CompletableFuture.completedStage(failed(e));
        }
        BatchMetadata metadata = batchDelivery.batch().metadata();
        Bulk bulk = bulk(batchDelivery, known, metadata == null ? Instant.now() : metadata.generatedAt());
        return bulks.add(bulk, bulk.records().size());
    }

    private static Bulk bulk(BatchDelivery batchDelivery, RecordDocuments known, Instant time) {
        int[] open = batchDelivery.open();
        List<RawBsonDocument> documents = known.of(batchDelivery.batch(), open, time);
        List<Integer> fitting = new ArrayList<>(open.length);
        for (int i = 0; i < open.length; i++) {
            if (documents.get(i).getByteBuffer().remaining() > LARGEST) {
                batchDelivery.reject(open[i], FailureCode.TOO_LARGE,
                        "the record is larger than the maximum size of a document");
            } else {
                fitting.add(i);
            }
        }
        return new Bulk(batchDelivery, fitting.stream().map(i -> open[i]).toList(),
                fitting.size() == open.length ? documents : fitting.stream().map(documents::get).toList());
    }

    /** Creates the converter when the first batch arrives, together with the collection and its indexes. */
    private synchronized RecordDocuments documents(String stream) {
        RecordDocuments known = documents;
        if (known == null) {
            database.get().prepare(target);
            known = new RecordDocuments(stream, database.get().run(id, fresh),
                    target.series().flatMap(MongoTarget.Series::key).orElse(null));
            documents = known;
        }
        return known;
    }

    private CompletionStage<List<Delivery>> write(List<Bulk> together) {
        return CompletableFuture.supplyAsync(() -> insert(together), executor);
    }

    private List<Delivery> insert(List<Bulk> together) {
        List<RawBsonDocument> all = together.size() == 1 ? together.get(0).documents()
                : together.stream().flatMap(bulk -> bulk.documents().stream()).toList();
        Delivery outcome = Delivery.delivered();
        try {
            if (!all.isEmpty()) {
                database.get().records(target.collection()).insertMany(all, new InsertManyOptions().ordered(false));
            }
        } catch (MongoBulkWriteException e) {
            return partly(together, e);
        } catch (RuntimeException e) {
            outcome = failed(e);
        }
        return Collections.nCopies(together.size(), outcome);
    }

    private List<Delivery> partly(List<Bulk> together, MongoBulkWriteException thrown) {
        if (thrown.getWriteConcernError() != null) {
            return Collections.nCopies(together.size(), new Delivery.TransientFailure("collection " + target.collection()
                    + ": not safely written, code " + thrown.getWriteConcernError().getCode()));
        }
        Map<Integer, Integer> codes = new HashMap<>();
        thrown.getWriteErrors().forEach(error -> codes.put(error.getIndex(), error.getCode()));
        List<Delivery> outcomes = new ArrayList<>();
        int first = 0;
        for (Bulk bulk : together) {
            outcomes.add(partly(bulk, first, codes));
            first += bulk.records().size();
        }
        return outcomes;
    }

    /**
     * Evaluates a bulk with errors. Records without an error are stored; of those with an error, some exist already, some are
     * permanently rejected, and the others may be retried.
     *
     * @param first the index of its first document among all documents of the write
     * @param codes the error codes by index
     */
    private Delivery partly(Bulk bulk, int first, Map<Integer, Integer> codes) {
        String failure = null;
        for (int i = 0; i < bulk.records().size(); i++) {
            int code = codes.getOrDefault(first + i, DUPLICATE);
            int record = bulk.records().get(i);
            if (code == DUPLICATE) {
                bulk.batch().markDelivered(record);
            } else if (FOR_GOOD.contains(code)) {
                bulk.batch().reject(record, "collection " + target.collection() + " rejects the record: code " + code);
            } else {
                failure = "collection " + target.collection() + ": code " + code;
            }
        }
        return failure == null ? Delivery.delivered() : new Delivery.TransientFailure(failure);
    }

    private Delivery failed(RuntimeException thrown) {
        String message = String.valueOf(thrown.getMessage());
        // the messages of time-outs describe the whole cluster
        int end = message.indexOf(". Client view of cluster state");
        return new Delivery.TransientFailure(
                "collection " + target.collection() + ": " + (end < 0 ? message : message.substring(0, end)));
    }

    @Override
    public void forget() {
        database.get().forget(id);
    }

    @Override
    public void close() {
        // all sinks share the connections
    }
}
