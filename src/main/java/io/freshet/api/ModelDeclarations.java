package io.freshet.api;

import java.time.Duration;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;

import io.freshet.model.VersionEntry.Cause;
import io.freshet.model.declared.DeclarationException;
import io.freshet.model.declared.SchemaFormat;
import io.freshet.model.declared.SchemaImport;
import io.freshet.store.Models;

/** Stores models that are declared by a schema or a declaration. */
@ApplicationScoped
class ModelDeclarations {

    private final Models models;
    private final ModelReplacement replacement;
    private final PrivateFits privateFits;

    ModelDeclarations(Models models, ModelReplacement replacement, PrivateFits privateFits) {
        this.models = models;
        this.replacement = replacement;
        this.privateFits = privateFits;
    }

    /**
     * Stores a model.
     *
     * @throws ProblemException if the text is not valid, or running streams could not use the model
     */
    Response declare(String name, SchemaFormat format, String text, boolean force) {
        privateFits.requireUnbound(name);
        long startedAt = System.nanoTime();
        SchemaImport imported;
        try {
            imported = SchemaImport.of(format, text);
        } catch (DeclarationException e) {
            throw new ProblemException(Problem.of(422, "body", String.valueOf(e.getMessage())));
        }
        replacement.requireFit(name, imported.model(), force);
        return replacement.response(
                models.put(name, imported.model(), Duration.ofNanos(System.nanoTime() - startedAt), imported.notices(),
                        Cause.DECLARATION));
    }
}
