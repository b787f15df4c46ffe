package io.freshet.store;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

import org.bson.Document;
import org.bson.types.Binary;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoException;
import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.Sorts;

/** Things of one kind in one collection of MongoDB, each a document: its name, when it was written, its contents, packed. */
final class MongoShelf implements Shelf {

    /** A document may have 16 MB. */
    private static final int LARGEST = 15 << 20;
    private static final String CHANGED = "changedAt";
    private static final String CONTENTS = "gzip";

    private final Supplier<MongoCollection<Document>> collection;

    /** @param collection asked each time */
    MongoShelf(Supplier<MongoCollection<Document>> collection) {
        this.collection = collection;
    }

    @Override
    public Instant write(String name, Contents contents) {
        Document kept = packed(contents);
        answered(() -> collection.get().replaceOne(Filters.eq(name), kept, new ReplaceOptions().upsert(true)));
        return kept.getDate(CHANGED).toInstant();
    }

    @Override
    public boolean writeNew(String name, Contents contents) {
        Document kept = packed(contents).append("_id", name);
        return answered(() -> {
            try {
                return collection.get().insertOne(kept).wasAcknowledged();
            } catch (MongoWriteException e) {
                if (e.getError().getCategory() == ErrorCategory.DUPLICATE_KEY) {
                    return false;
                }
                throw e;
            }
        });
    }

    private static Document packed(Contents contents) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            contents.writeTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (packed.size() > LARGEST) {
            throw new UncheckedIOException(new IOException(
                    "it is too large to be kept in MongoDB: " + packed.size() + " bytes, at most " + LARGEST));
        }
        return new Document(CHANGED, new Date()).append(CONTENTS, new Binary(packed.toByteArray()));
    }

    @Override
    public Optional<Kept> read(String name) {
        return answered(() -> Optional.ofNullable(collection.get().find(Filters.eq(name)).first())).map(MongoShelf::unpacked);
    }

    private static Kept unpacked(Document kept) {
        try {
            return new Kept(new GZIPInputStream(new ByteArrayInputStream(kept.get(CONTENTS, Binary.class).getData())),
                    kept.getDate(CHANGED).toInstant());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void delete(String name) {
        answered(() -> collection.get().deleteOne(Filters.eq(name)));
    }

    @Override
    public Map<String, Instant> changes() {
        return answered(() -> {
            Map<String, Instant> changes = new HashMap<>();
            collection.get().find().projection(Projections.include(CHANGED))
                    .forEach(kept -> changes.put(kept.getString("_id"), kept.getDate(CHANGED).toInstant()));
            return changes;
        });
    }

    @Override
    public List<String> names() {
        return answered(() -> collection.get().find().projection(Projections.include("_id")).sort(Sorts.ascending("_id"))
                .map(kept -> kept.getString("_id")).into(new ArrayList<>()));
    }

    private static <T> T answered(Supplier<T> question) {
        try {
            return question.get();
        } catch (MongoException e) {
            throw new UncheckedIOException(new IOException("MongoDB does not answer", e));
        }
    }
}
