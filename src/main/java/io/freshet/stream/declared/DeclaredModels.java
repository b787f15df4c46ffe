package io.freshet.stream.declared;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;

import io.freshet.model.ModelOrigin;
import io.freshet.model.RequestedFit;
import io.freshet.model.SynthesisModel;
import io.freshet.model.VersionEntry.Cause;
import io.freshet.model.declared.SchemaFormat;
import io.freshet.model.declared.SchemaImport;
import io.freshet.model.file.ModelFile;
import io.freshet.store.Models;
import io.freshet.store.Names;

/** Stores the models that files declare. */
@ApplicationScoped
class DeclaredModels {

    private static final Logger LOG = Logger.getLogger(DeclaredModels.class);

    private final Models models;

    DeclaredModels(Models models) {
        this.models = models;
    }

    /**
     * Stores a model unless the same content is stored already, which would only create another version.
     *
     * @param fileName its ending says whether the file is a model, a declaration or a schema
     * @throws io.freshet.model.ModelFileException if the file is not a model
     * @throws io.freshet.model.declared.DeclarationException if it is not a valid declaration or schema
     */
    void apply(String name, String fileName, byte[] file) throws IOException {
        if (!Names.isValid(name)) {
            throw new IllegalArgumentException("the name of a model must match " + Names.PATTERN);
        }
        Optional<SchemaFormat> format = SchemaFormat.ofFileName(fileName);
        if (format.isPresent()) {
            SchemaImport imported = SchemaImport.of(format.get(), new String(file, StandardCharsets.UTF_8));
            store(name, imported.model(),
                    new Models.Creation(Duration.ZERO, imported.notices(), Cause.DECLARATION, RequestedFit.DEFAULTS));
            return;
        }
        ModelFile.Contents contents = ModelFile.readContents(new ByteArrayInputStream(file));
        store(name, contents.model(),
                new Models.Creation(Duration.ZERO, contents.origin().map(ModelOrigin::notices).orElse(List.of()), Cause.IMPORT,
                        contents.origin().map(ModelOrigin::requested).orElse(RequestedFit.DEFAULTS)));
    }

    private void store(String name, SynthesisModel declared, Models.Creation creation) {
        byte[] wanted = written(declared);
        if (models.find(name).filter(stored -> Arrays.equals(wanted, written(stored.model()))).isEmpty()) {
            models.put(name, declared, creation);
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
