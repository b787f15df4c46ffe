package io.freshet.sink;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.client.model.InsertManyOptions;

import io.freshet.codec.BatchMetadata;

/**
 * Keeps the records of a stream as documents. A batch is one unordered bulk; each record has an id of its own, and one that is
 * there already is as good as delivered, so that nothing is kept twice whatever is sent again. The bytes of a batch are turned
 * into documents at once, and written when the batch before has its answer.
 */
public final class MongoSink implements Sink {

    private static final int DUPLICATE = 11000;
    /** Complaints about a record, not about the database: too large, bad values, refused by a validator, bad BSON. */
    private static final Set<Integer> FOR_GOOD = Set.of(2, 9, 14, 22, 121, 10334, 17280);
    /** The most bytes of a document that every MongoDB takes, but for what a time-series collection adds. */
    private static final int LARGEST = (16 << 20) - (1 << 14);

    private final Supplier<MongoCollections> database;
    private final Executor executor;
    private final String id;
    private final MongoTarget target;
    private final boolean fresh;
    private final InTurn turns = new InTurn();
    private volatile @Nullable RecordDocuments documents;

    /**
     * @param database asked when the first batch comes
     * @param executor where it is waited for answers
     * @param id of the sink among all
     * @param fresh whether the stream begins anew
     */
    MongoSink(Supplier<MongoCollections> database, Executor executor, String id, MongoTarget target, boolean fresh) {
        this.database = database;
        this.executor = executor;
        this.id = id;
        this.target = target;
        this.fresh = fresh;
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
    public CompletionStage<Delivery> deliver(Consignment consignment) {
        RecordDocuments known;
        try {
            known = documents(consignment.batch().stream());
        } catch (RuntimeException e) {
            return CompletableFuture.completedStage(failed(e));
        }
        int[] open = consignment.open();
        List<Integer> records = new ArrayList<>(open.length);
        List<RawBsonDocument> bulk = new ArrayList<>(open.length);
        BatchMetadata metadata = consignment.batch().metadata();
        Instant time = metadata == null ? Instant.now() : metadata.generatedAt();
        for (int record : open) {
            RawBsonDocument document = known.of(consignment.batch(), record, time);
            if (document.getByteBuffer().remaining() > LARGEST) {
                consignment.refuse(record, "it is larger than a document may be");
            } else {
                records.add(record);
                bulk.add(document);
            }
        }
        return turns.run(() -> CompletableFuture.supplyAsync(() -> insert(consignment, records, bulk), executor));
    }

    /** Made when the first batch comes, together with the collection and its indexes. */
    private synchronized RecordDocuments documents(String stream) {
        RecordDocuments known = documents;
        if (known == null) {
            database.get().prepare(target);
            known = new RecordDocuments(stream, database.get().run(id, fresh));
            documents = known;
        }
        return known;
    }

    private Delivery insert(Consignment consignment, List<Integer> records, List<RawBsonDocument> bulk) {
        if (bulk.isEmpty()) {
            return Delivery.delivered();
        }
        try {
            database.get().records(target.collection()).insertMany(bulk, new InsertManyOptions().ordered(false));
            return Delivery.delivered();
        } catch (MongoBulkWriteException e) {
            return partly(consignment, records, e);
        } catch (RuntimeException e) {
            return failed(e);
        }
    }

    /** Those without an error are there; of the others, some are there too, some never will be. */
    private Delivery partly(Consignment consignment, List<Integer> records, MongoBulkWriteException thrown) {
        if (thrown.getWriteConcernError() != null) {
            return new Delivery.TransientFailure(
                    "collection " + target.collection() + ": not safely written, code "
                            + thrown.getWriteConcernError().getCode());
        }
        Set<Integer> unsaid = new HashSet<>();
        String failure = null;
        for (BulkWriteError error : thrown.getWriteErrors()) {
            int record = records.get(error.getIndex());
            if (FOR_GOOD.contains(error.getCode())) {
                consignment.refuse(record, "collection " + target.collection() + " refuses it: code " + error.getCode());
            } else if (error.getCode() != DUPLICATE) {
                unsaid.add(record);
                failure = "collection " + target.collection() + ": code " + error.getCode();
            }
        }
        records.stream().filter(record -> !unsaid.contains(record)).forEach(consignment::deliver);
        return failure == null ? Delivery.delivered() : new Delivery.TransientFailure(failure);
    }

    private Delivery failed(RuntimeException thrown) {
        String message = String.valueOf(thrown.getMessage());
        // time-outs describe the whole cluster
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
        // the connections are those of all sinks
    }
}
