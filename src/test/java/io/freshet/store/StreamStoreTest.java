package io.freshet.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import io.freshet.store.StreamStore.Claimed;
import io.freshet.store.StreamStore.SavedStream;

class StreamStoreTest {

    private static final JsonNode DEFINITION = JsonNodeFactory.instance.objectNode().put("name", "a");

    @TempDir
    Path folder;

    private StreamStore store;

    @BeforeEach
    void begin() {
        store = new StreamStore(BlobStores.of(Optional.of(folder)));
    }

    private static SavedStream stream(long position, String state) {
        return new SavedStream(DEFINITION, position, state, "4@2", "r1", null);
    }

    private void write(String json) throws IOException {
        Files.writeString(folder.resolve("streams").resolve("a.json"), json);
    }

    @Test
    void anInstanceThatWakesUpDoesNotOverwriteWhatTheNewOwnerSaved() {
        store.saveNew("a", stream(0, "running"));
        Claimed frozen = store.claim("a").orElseThrow();
        assertThat(store.save("a", frozen.epoch(), stream(2_272, "running"))).isTrue();
        Claimed owner = store.claim("a").orElseThrow();
        assertThat(owner.stream().position()).isEqualTo(2_272);
        assertThat(store.save("a", owner.epoch(), stream(8_000, "completed"))).isTrue();

        assertThat(store.save("a", frozen.epoch(), stream(2_300, "stopped"))).isFalse();

        assertThat(store.find("a")).contains(stream(8_000, "completed"));
    }

    @Test
    void entriesOfEarlierVersionsCanBeClaimed() throws IOException {
        write("{\"position\":5,\"state\":\"running\",\"bookmark\":null,\"definition\":{\"name\":\"a\"}}");

        Claimed claimed = store.claim("a").orElseThrow();

        assertThat(claimed.stream()).isEqualTo(new SavedStream(DEFINITION, 5, "running", null, "", null));
        assertThat(store.save("a", claimed.epoch(), stream(6, "running"))).isTrue();
    }

    @Test
    void whatIsNoSavedStreamIsCorruptAndSaysWhy() throws IOException {
        String[] wrong = { "", "nonsense", "{\"position\":1", "[]", "{}",
                "{\"position\":-5,\"state\":\"running\",\"definition\":{}}",
                "{\"position\":\"abc\",\"state\":\"running\",\"definition\":{}}",
                "{\"position\":1.5,\"state\":\"running\",\"definition\":{}}",
                "{\"position\":99999999999999999999,\"state\":\"running\",\"definition\":{}}",
                "{\"position\":1,\"definition\":{}}", "{\"position\":1,\"state\":7,\"definition\":{}}",
                "{\"position\":1,\"state\":\"running\",\"definition\":[]}",
                "{\"position\":1,\"state\":\"running\",\"bookmark\":{},\"definition\":{}}" };
        for (String json : wrong) {
            write(json);

            SavedStream saved = store.find("a").orElseThrow();

            assertThat(saved.isCorrupt()).as(json).isTrue();
            assertThat(saved.error()).as(json).contains("cannot be read").doesNotContain("Source", "StreamRead");
        }
    }
}
