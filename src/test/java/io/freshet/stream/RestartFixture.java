package io.freshet.stream;

import java.nio.file.Path;

import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

import io.freshet.stream.definition.StreamDefinition;
import io.freshet.stream.engine.Stream;

/** The streams of a process that can be ended and begun again on the same folders. */
abstract class RestartFixture {

    @Inject
    StreamProcesses processes;

    @TempDir
    Path files;

    @TempDir
    Path keptFolder;

    Streams streams;

    @BeforeEach
    void begin() {
        streams = fresh();
    }

    Streams fresh() {
        return processes.begin(keptFolder, files, StreamProcesses.history());
    }

    Stream create(String yaml) {
        return streams.create(StreamDefinition.parse(Definitions.yaml(yaml)));
    }

    boolean save() {
        streams.saveAll();
        return false;
    }
}
