package io.freshet.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Training in the background when the process is killed in the middle of it. */
class FitKillIT {

    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final String TABLE = "amount,colour\n" + IntStream.range(0, 500)
            .mapToObj(i -> i * i % 97 + "," + (i % 4 == 0 ? "grey" : "red")).collect(Collectors.joining("\n"));
    /** Of 500 rows, an epoch is one step. */
    private static final String OPTIONS = "?method=ctgan&epochs=400&seed=3";

    @TempDir
    Path folder;

    @Test
    void trainingContinuesFromItsCheckpointAndGivesTheSameModel() throws IOException {
        Path store = Files.createDirectories(folder.resolve("store"));
        Path checkpoint = store.resolve("fit-checkpoints").resolve("killed.state");
        try (FreshetProcess freshet = new FreshetProcess(folder.resolve("freshet.log"),
                List.of("freshet.store.folder=" + store))) {
            freshet.put("/api/v1/models/killed" + OPTIONS + "&background=true", "text/csv", TABLE);
            long[] before = { 0 };
            Processes.await("a checkpoint is written", PATIENCE, () -> {
                boolean written = size(checkpoint) > 0;
                before[0] = written ? before[0] : epoch(freshet);
                return written;
            });
            freshet.kill();
            freshet.start();
            Processes.await("training continues", PATIENCE, () -> epoch(freshet) > 0);
            assertThat(epoch(freshet)).isGreaterThanOrEqualTo(before[0]);
            Processes.await("the model is there", PATIENCE,
                    () -> freshet.get("/api/v1/models/killed/fit").get("state").asText().equals("done"));
            assertThat(checkpoint).doesNotExist();

            freshet.put("/api/v1/models/once" + OPTIONS + "&background=true", "text/csv", TABLE);
            Processes.await("the other model is there", PATIENCE,
                    () -> freshet.get("/api/v1/models/once/fit").get("state").asText().equals("done"));
            assertThat(freshet.text("/api/v1/models/killed/file")).isEqualTo(freshet.text("/api/v1/models/once/file"));
        }
    }

    private static long epoch(FreshetProcess freshet) {
        return freshet.get("/api/v1/models/killed/fit").path("epoch").asLong();
    }

    private static long size(Path file) {
        try {
            return Files.exists(file) ? Files.size(file) : 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
