package io.freshet.embed;

import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

/** Changes or removes batches of a stream. */
@FunctionalInterface
public interface BatchTransformer {

    /** Returns the changed batch; empty to remove it. */
    Optional<Batch> transform(Batch batch);

    /** Returns a transformer that changes each record. */
    static BatchTransformer mapping(UnaryOperator<Map<String, @Nullable Object>> change) {
        return batch -> Optional.of(batch.map(change));
    }

    /** Returns a transformer that keeps the records that satisfy a predicate, and removes batches without any. */
    static BatchTransformer filtering(Predicate<Map<String, @Nullable Object>> passes) {
        return batch -> Optional.of(batch.filter(passes)).filter(rest -> rest.size() > 0);
    }
}
