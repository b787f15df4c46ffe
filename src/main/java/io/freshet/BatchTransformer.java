package io.freshet;

import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

/** Changes batches on their way, or takes them out. */
@FunctionalInterface
public interface BatchTransformer {

    /** The batch that goes on; empty for none. */
    Optional<Batch> transform(Batch batch);

    /** Changes each record. */
    static BatchTransformer mapping(UnaryOperator<Map<String, @Nullable Object>> change) {
        return batch -> Optional.of(batch.map(change));
    }

    /** Keeps the records that pass, and the batches that have any. */
    static BatchTransformer filtering(Predicate<Map<String, @Nullable Object>> passes) {
        return batch -> Optional.of(batch.filter(passes)).filter(rest -> rest.size() > 0);
    }
}
