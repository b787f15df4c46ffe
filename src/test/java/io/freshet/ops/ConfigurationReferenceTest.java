package io.freshet.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;

class ConfigurationReferenceTest {

    private static final Path REFERENCE = Path.of("src", "main", "docs", "configuration.md");

    /** Rewrites the reference when it is stale, so that it only needs to be committed. */
    @Test
    void theReferenceSaysWhatTheCodeSays() throws IOException {
        String now = ConfigurationReference.of(Path.of("src", "main", "java"));
        String before = Files.exists(REFERENCE) ? Files.readString(REFERENCE) : "";
        if (!now.equals(before)) {
            Files.createDirectories(REFERENCE.getParent());
            Files.writeString(REFERENCE, now);
        }
        assertThat(before).as(REFERENCE + " was stale and has been regenerated: commit it").isEqualTo(now);
        assertThat(now).contains("`freshet.security.limits.requests-per-second`", "`freshet.security.api-keys.\"NAME\".hash`",
                "`freshet.sinks.queue.records`");
    }
}
