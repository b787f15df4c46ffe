package io.freshet.stream;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;

import io.freshet.model.ModelFile;
import io.freshet.model.SynthesisModel;
import io.freshet.store.Models;
import io.freshet.store.Names;

/** Keeps the models that files declare. */
@ApplicationScoped
class DeclaredModels {

    private static final Logger LOG = Logger.getLogger(DeclaredModels.class);

    private final Models models;

    DeclaredModels(Models models) {
        this.models = models;
    }

    /**
     * Keeps a model, unless it is there already: it would only get another version.
     *
     * @throws io.freshet.model.ModelFileException if it is no model
     */
    void apply(String name, byte[] file) throws IOException {
        if (!Names.isValid(name)) {
            throw new IllegalArgumentException("the name of a model must match " + Names.PATTERN);
        }
        SynthesisModel declared = ModelFile.read(new ByteArrayInputStream(file));
        byte[] wanted = written(declared);
        if (models.find(name).filter(stored -> Arrays.equals(wanted, written(stored.model()))).isEmpty()) {
            models.put(name, declared, Duration.ZERO);
            LOG.infof("A declared model is there: model=%s", name);
        }
    }

    private static byte[] written(SynthesisModel model) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ModelFile.write(new ModelFile.Contents(model, Optional.empty()), out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
