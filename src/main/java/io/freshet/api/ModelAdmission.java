package io.freshet.api;

import jakarta.enterprise.context.ApplicationScoped;

import io.freshet.store.Models;
import io.freshet.store.Names;

/** Limits the models that clients can create, by name and number. */
@ApplicationScoped
class ModelAdmission {

    private final ApiConfig config;
    private final Models models;

    ModelAdmission(ApiConfig config, Models models) {
        this.config = config;
        this.models = models;
    }

    /** @throws ProblemException if the name is invalid, or it is new and there are too many models already */
    void check(String name) {
        if (!Names.isValid(name)) {
            throw new ProblemException(Problem.of(422, "name", "a name must match " + Names.PATTERN));
        }
        if (models.find(name).isEmpty() && models.list().size() >= config.maxModels()) {
            throw new ProblemException(
                    Problem.tooMany("the limit of " + config.maxModels() + " models is reached; delete one"));
        }
    }
}
