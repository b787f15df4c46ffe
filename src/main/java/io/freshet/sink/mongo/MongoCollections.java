package io.freshet.sink.mongo;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import org.bson.BsonDocument;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.bson.types.ObjectId;

import com.mongodb.MongoCommandException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.CreateCollectionOptions;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.TimeSeriesGranularity;
import com.mongodb.client.model.TimeSeriesOptions;

/** Manages the collections of stored records, their indexes, and the runs of streams. Blocks. */
final class MongoCollections {

    /** The collection with one document per sink, which contains the current run of its stream. */
    private static final String RUNS = "freshet_runs";
    private static final String RUN = "run";
    private static final String TTL_INDEX = "freshet_ttl";
    private static final int EXISTS = 48;
    private static final int OTHER_OPTIONS = 85;

    private final MongoDatabase database;

    MongoCollections(MongoDatabase database) {
        this.database = database;
    }

    MongoCollection<RawBsonDocument> records(String collection) {
        return database.getCollection(collection, RawBsonDocument.class);
    }

    /** Creates a collection and its indexes if they do not exist. */
    void prepare(MongoTarget target) {
        target.series().ifPresent(series -> {
            CreateCollectionOptions options = new CreateCollectionOptions().timeSeriesOptions(new TimeSeriesOptions("time")
                    .metaField(series.metaField())
                    .granularity(TimeSeriesGranularity.valueOf(series.granularity().toUpperCase(Locale.ROOT))));
            target.ttl().ifPresent(ttl -> options.expireAfter(ttl.toSeconds(), TimeUnit.SECONDS));
            create(target.collection(), options);
        });
        records(target.collection()).createIndex(Indexes.ascending("stream", "time", "position"));
        if (target.series().isEmpty()) {
            target.ttl().ifPresent(ttl -> expire(target.collection(), ttl));
        }
    }

    private void create(String collection, CreateCollectionOptions options) {
        try {
            database.createCollection(collection, options);
        } catch (MongoCommandException e) {
            if (e.getErrorCode() != EXISTS) {
                throw e;
            }
        }
    }

    private void expire(String collection, Duration ttl) {
        IndexOptions options = new IndexOptions().name(TTL_INDEX).expireAfter(ttl.toSeconds(), TimeUnit.SECONDS);
        try {
            records(collection).createIndex(Indexes.ascending("time"), options);
        } catch (MongoCommandException e) {
            if (e.getErrorCode() != OTHER_OPTIONS) {
                throw e;
            }
            // the time to live has changed
            records(collection).dropIndex(TTL_INDEX);
            records(collection).createIndex(Indexes.ascending("time"), options);
        }
    }

    /**
     * Returns the run of a sink: a new one if the stream starts from the beginning, otherwise the previous one.
     *
     * @param sink identifies the sink among all sinks
     */
    String run(String sink, boolean fresh) {
        MongoCollection<Document> runs = database.getCollection(RUNS);
        if (!fresh) {
            Optional<String> known = Optional.ofNullable(runs.find(Filters.eq(sink)).first()).map(run -> run.getString(RUN));
            if (known.isPresent()) {
                return known.get();
            }
        }
        String run = new ObjectId().toHexString();
        runs.replaceOne(Filters.eq(sink), new Document(RUN, run), new ReplaceOptions().upsert(true));
        return run;
    }

    /** Deletes the run of a sink. Its records stay. */
    void forget(String sink) {
        database.getCollection(RUNS).deleteOne(Filters.eq(sink));
    }

    /** Returns whether the database answers. */
    boolean answers() {
        return !database.runCommand(new BsonDocument("ping", new org.bson.BsonInt32(1))).isEmpty();
    }
}
