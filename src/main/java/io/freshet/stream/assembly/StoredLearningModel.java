package io.freshet.stream.assembly;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import io.freshet.model.SynthesisModel;
import io.freshet.model.VersionEntry.Cause;
import io.freshet.source.model.ModelVersion;
import io.freshet.source.twin.LearningModel;
import io.freshet.store.Models;
import io.freshet.store.StoredModel;
import io.freshet.table.Notice;

/** A model in the store that learns from a topic. */
public final class StoredLearningModel implements LearningModel {

    private final Models models;
    private final String name;

    public StoredLearningModel(Models models, String name) {
        this.models = models;
        this.name = name;
    }

    @Override
    public Optional<ModelVersion> newest() {
        return models.find(name).map(StoredLearningModel::version);
    }

    private static ModelVersion version(StoredModel stored) {
        return new ModelVersion(stored.version(), stored.model(), stored.drift());
    }

    @Override
    public void fitted(SynthesisModel model, Duration took, List<Notice> notices) {
        models.put(name, model, took, notices, Cause.TWIN);
    }

    @Override
    public void learn(Step step) {
        models.update(name, Cause.TWIN, before -> step.learn(before.model(), before.fittedAt()));
    }
}
