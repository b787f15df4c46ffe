package io.freshet.source.twin;

import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.freshet.codec.RecordBatch;
import io.freshet.model.ColumnDrift;
import io.freshet.model.Conditions;
import io.freshet.source.model.ModelSource;
import io.freshet.source.model.ModelVersion;

/** The rows of a twin, from the first version of its model on. Requested by one thread; its state is read by any. */
public final class TwinRows {

    private final LearningModel model;
    private final ModelSource.Settings settings;
    private volatile @Nullable ModelSource rows;

    /**
     * @param seed the seed of the rows
     * @param capacity the maximum number of rows per request
     */
    public TwinRows(LearningModel model, long seed, int capacity) {
        this.model = model;
        // rows of the newest version at once, because what is observed has no batches to keep together
        this.settings = new ModelSource.Settings(seed, Conditions.none(), capacity, 1);
    }

    /** Returns whether the model exists. */
    public boolean exist() {
        if (rows == null) {
            Optional<ModelVersion> first = model.newest();
            first.ifPresent(version -> rows = new ModelSource(version, model::newest, settings));
        }
        return rows != null;
    }

    /** @throws IllegalStateException if the model does not exist yet */
    public RecordBatch next(long position, int records, @Nullable RecordBatch reuse) {
        exist();
        ModelSource from = rows;
        if (from == null) {
            throw new IllegalStateException("the model does not exist yet");
        }
        return from.next(position, records, reuse);
    }

    /** Returns the version of the model that rows come from; null before the first. */
    public @Nullable Long modelVersion() {
        ModelSource from = rows;
        return from == null ? null : from.status().modelVersion();
    }

    public List<ColumnDrift> drift() {
        ModelSource from = rows;
        return from == null ? List.of() : from.drift();
    }
}
