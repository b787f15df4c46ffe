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
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

import org.bson.Document;
import org.bson.types.Binary;
import org.jspecify.annotations.Nullable;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoException;
import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.Updates;

/**
 * Stores entries of one kind in a MongoDB collection. Each document holds an entry's name, the time it was written and its
 * compressed contents.
 */
final class MongoBlobStore implements BlobStore {

    /** MongoDB limits a document to 16 MB. */
    private static final int LARGEST = 15 << 20;
    private static final String CHANGED = "changedAt";
    private static final String CONTENTS = "gzip";
    private static final String EPOCH = "epoch";
    private static final int OUT_OF_DISK_SPACE = 14031;

    private final Supplier<MongoCollection<Document>> collection;

    /** @param collection called for every operation */
    MongoBlobStore(Supplier<MongoCollection<Document>> collection) {
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

    @Override
    public OptionalLong claim(String name) {
        return answered(() -> {
            Document known = find(name, EPOCH);
            while (known != null) {
                // a filter treats a missing field and null alike
                Long before = known.getLong(EPOCH);
                long epoch = Epochs.after(before == null ? 0 : before);
                if (collection.get().updateOne(Filters.and(Filters.eq(name), Filters.eq(EPOCH, before)),
                        Updates.set(EPOCH, epoch)).getMatchedCount() == 1) {
                    return OptionalLong.of(epoch);
                }
                known = find(name, EPOCH);
            }
            return OptionalLong.empty();
        });
    }

    private @Nullable Document find(String name, String field) {
        return collection.get().find(Filters.eq(name)).projection(Projections.include(field)).first();
    }

    @Override
    public boolean write(String name, long epoch, Contents contents) {
        Document kept = packed(contents).append(EPOCH, epoch);
        return answered(() -> collection.get().replaceOne(Filters.and(Filters.eq(name), Filters.eq(EPOCH, epoch)), kept)
                .getMatchedCount() == 1);
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
                    "the entry is too large for MongoDB: " + packed.size() + " bytes, at most " + LARGEST));
        }
        return new Document(CHANGED, new Date()).append(CONTENTS, new Binary(packed.toByteArray()));
    }

    @Override
    public Optional<Entry> read(String name) {
        return answered(() -> Optional.ofNullable(collection.get().find(Filters.eq(name)).first()))
                .map(MongoBlobStore::unpacked);
    }

    private static Entry unpacked(Document kept) {
        if (!(kept.get(CONTENTS) instanceof Binary packed) || !(kept.get(CHANGED) instanceof Date changed)) {
            throw new CorruptEntryException("its document has no " + CONTENTS + " and " + CHANGED);
        }
        try {
            return new Entry(new GZIPInputStream(new ByteArrayInputStream(packed.getData())), changed.toInstant());
        } catch (IOException e) {
            throw new CorruptEntryException("its document cannot be unpacked: " + e.getMessage(), e);
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
            if (e.getCode() == OUT_OF_DISK_SPACE) {
                throw new StoreFullException("the disk of MongoDB is full", new IOException(e));
            }
            throw new UncheckedIOException(new IOException("MongoDB does not answer", e));
        }
    }
}
