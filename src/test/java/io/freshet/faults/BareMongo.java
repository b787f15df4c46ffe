package io.freshet.faults;

import java.util.ArrayList;
import java.util.List;

import org.bson.RawBsonDocument;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.InsertManyOptions;

/** What the driver writes of the same documents when nobody makes them: how fast the server is. */
final class BareMongo implements AutoCloseable {

    private static final int DOCUMENTS = 100_000;
    private static final int BULK = 2_000;

    private final MongoClient client;
    private final MongoDatabase database;

    BareMongo(String address) {
        client = MongoClients.create(address);
        database = client.getDatabase("freshet");
    }

    /** Documents a second: what a stream has just written, into a collection with the same index. */
    double perSecond() {
        List<RawBsonDocument> documents = database.getCollection("records", RawBsonDocument.class).find().limit(DOCUMENTS)
                .into(new ArrayList<>());
        forget();
        MongoCollection<RawBsonDocument> to = database.getCollection("bare", RawBsonDocument.class);
        to.createIndex(Indexes.ascending("stream", "time", "position"));
        long startedAt = System.nanoTime();
        for (int from = 0; from < documents.size(); from += BULK) {
            to.insertMany(documents.subList(from, Math.min(documents.size(), from + BULK)),
                    new InsertManyOptions().ordered(false));
        }
        double seconds = (System.nanoTime() - startedAt) / 1e9;
        to.drop();
        return documents.size() / seconds;
    }

    /** Drops what streams have written: the server keeps it in the memory of this process. */
    void forget() {
        database.getCollection("records").drop();
        System.gc();
    }

    @Override
    public void close() {
        client.close();
    }
}
