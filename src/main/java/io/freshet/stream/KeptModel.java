package io.freshet.stream;

import java.time.Duration;
import java.util.Optional;

import io.freshet.model.SynthesisModel;
import io.freshet.source.LearningModel;
import io.freshet.source.ModelVersion;
import io.freshet.store.Models;
import io.freshet.store.StoredModel;

/** A model of the store that learns from a topic. */
final class KeptModel implements LearningModel {

    private final Models models;
    private final String name;

    KeptModel(Models models, String name) {
        this.models = models;
        this.name = name;
    }

    @Override
    public Optional<ModelVersion> newest() {
        return models.find(name).map(KeptModel::version);
    }

    private static ModelVersion version(StoredModel stored) {
        return new ModelVersion(stored.version(), stored.model(), stored.drift());
    }

    @Override
    public void fitted(SynthesisModel model, Duration took) {
        models.put(name, model, took);
    }

    @Override
    public void learn(Step step) {
        models.update(name, before -> step.learn(before.model(), before.fittedAt()));
    }
}
