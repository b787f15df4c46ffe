package io.freshet.sink;

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

/**
 * Keeps the records of a stream as documents. A batch is one unordered bulk; each record has an id of its own, and one that is
 * there already is as good as delivered, so that nothing is kept twice whatever is sent again. The bytes of a batch are turned
 * into documents at once, and written when what went before has its answer, together with what else came meanwhile.
 */
public final class MongoSink implements Sink {

    private static final int DUPLICATE = 11000;
    /** Complaints about a record, not about the database: too large, bad values, refused by a validator, bad BSON. */
    private static final Set<Integer> FOR_GOOD = Set.of(2, 9, 14, 22, 121, 10334, 17280);
    /** The most bytes of a document that every MongoDB takes, but for what a time-series collection adds. */
    private static final int LARGEST = (16 << 20) - (1 << 14);

    private static final int MOST_TOGETHER = 8_000;

    /** The documents of a batch, and the records they are of. */
    private record Bulk(Consignment consignment, List<Integer> records, List<RawBsonDocument> documents) {
    }

    private final Supplier<MongoCollections> database;
    private final Executor executor;
    private final String id;
    private final MongoTarget target;
    private final boolean fresh;
    private final Gathering<Bulk> bulks = new Gathering<>(MOST_TOGETHER, this::write);
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
        BatchMetadata metadata = consignment.batch().metadata();
        Bulk bulk = bulk(consignment, known, metadata == null ? Instant.now() : metadata.generatedAt());
        return bulks.add(bulk, bulk.records().size());
    }

    private static Bulk bulk(Consignment consignment, RecordDocuments known, Instant time) {
        int[] open = consignment.open();
        List<RawBsonDocument> documents = known.of(consignment.batch(), open, time);
        List<Integer> fitting = new ArrayList<>(open.length);
        for (int i = 0; i < open.length; i++) {
            if (documents.get(i).getByteBuffer().remaining() > LARGEST) {
                consignment.refuse(open[i], "it is larger than a document may be");
            } else {
                fitting.add(i);
            }
        }
        return new Bulk(consignment, fitting.stream().map(i -> open[i]).toList(),
                fitting.size() == open.length ? documents : fitting.stream().map(documents::get).toList());
    }

    /** Made when the first batch comes, together with the collection and its indexes. */
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
     * Those without an error are there; of the others, some are there too, some never will be.
     *
     * @param first the place of its first document among all that were sent
     * @param codes errors by place
     */
    private Delivery partly(Bulk bulk, int first, Map<Integer, Integer> codes) {
        String failure = null;
        for (int i = 0; i < bulk.records().size(); i++) {
            int code = codes.getOrDefault(first + i, DUPLICATE);
            int record = bulk.records().get(i);
            if (code == DUPLICATE) {
                bulk.consignment().deliver(record);
            } else if (FOR_GOOD.contains(code)) {
                bulk.consignment().refuse(record, "collection " + target.collection() + " refuses it: code " + code);
            } else {
                failure = "collection " + target.collection() + ": code " + code;
            }
        }
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
