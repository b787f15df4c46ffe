package io.freshet.stream.declared;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.freshet.model.ModelOrigin;
import io.freshet.model.RequestedFit;
import io.freshet.model.SynthesisMethod;
import io.freshet.model.SynthesisModel;
import io.freshet.model.VersionHistory;
import io.freshet.model.file.ModelFile;
import io.freshet.model.fit.ModelFitter;
import io.freshet.store.BlobStores;
import io.freshet.store.Models;
import io.freshet.store.StoredModel;
import io.freshet.table.Notice;
import io.freshet.table.ReadOptions;
import io.freshet.table.TableFormat;
import io.freshet.table.TableReader;

class DeclaredModelsTest {

    @Test
    void theNoticesInTheFileAndWhatWasAskedOfTheFitAreStored() throws IOException {
        SynthesisModel model = ModelFitter.fit(
                TableReader.read(new ByteArrayInputStream("a,b\n1,x\n2,y\n".getBytes(StandardCharsets.UTF_8)), TableFormat.CSV,
                        ReadOptions.defaults()),
                SynthesisMethod.INDEPENDENT);
        RequestedFit requested = new RequestedFit(Map.of("type.b", List.of("categorical")));
        List<Notice> notices = List.of(Notice.ofColumn("b", "The column is odd."));
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        ModelFile.write(new ModelFile.Contents(model,
                Optional.of(new ModelOrigin(3, Instant.EPOCH, Duration.ZERO, List.of(), notices, requested,
                        VersionHistory.EMPTY))),
                file);
        Models models = new Models(BlobStores.of(Optional.empty()));

        new DeclaredModels(models).apply("declared", "declared.model.json", file.toByteArray());

        assertThat(models.find("declared").map(StoredModel::notices)).contains(notices);
        assertThat(models.find("declared").map(StoredModel::requested)).contains(requested);
    }
}
