package io.freshet.api;

import jakarta.enterprise.context.ApplicationScoped;

import io.freshet.store.Models;
import io.freshet.store.Names;

/** What models clients may make: their names, and how many there may be. */
@ApplicationScoped
class ModelAdmission {

    private final ApiConfig config;
    private final Models models;

    ModelAdmission(ApiConfig config, Models models) {
        this.config = config;
        this.models = models;
    }

    /**
     * @throws ProblemException if this is no name, or there are too many models already and none has it
     */
    void check(String name) {
        if (!Names.isValid(name)) {
            throw new ProblemException(Problem.of(422, "name", "a name must match " + Names.PATTERN));
        }
        if (models.find(name).isEmpty() && models.list().size() >= config.maxModels()) {
            throw new ProblemException(
                    Problem.tooMany("there are " + config.maxModels() + " models already; delete one"));
        }
    }
}
