package io.freshet.ops;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

import jakarta.enterprise.context.ApplicationScoped;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.databind.JsonNode;

import io.freshet.cli.RunRequest;
import io.freshet.model.ModelFileException;
import io.freshet.model.VersionEntry.Cause;
import io.freshet.model.file.ModelFile;
import io.freshet.store.Models;
import io.freshet.stream.Streams;
import io.freshet.stream.definition.DefinitionException;
import io.freshet.stream.definition.StreamDefinition;
import io.freshet.stream.delivery.StreamStatistics;
import io.freshet.stream.engine.Stream;
import io.freshet.stream.engine.StreamState;
import io.quarkus.arc.Unremovable;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;

/** Runs the streams of the command {@code run} until they end. The engine starts without its server and restores nothing. */
@ApplicationScoped
@Unremovable
public class CommandStreams implements QuarkusApplication {

    private static final Duration LOOK = Duration.ofMillis(200);
    private static final AtomicReference<@Nullable RunRequest> REQUEST = new AtomicReference<>();

    private final Streams streams;
    private final Models models;

    public CommandStreams(Streams streams, Models models) {
        this.streams = streams;
        this.models = models;
    }

    /** Starts the engine with the settings of a command; ends the process. */
    static void start(RunRequest request) {
        REQUEST.set(request);
        System.setProperty("quarkus.http.host-enabled", "false");
        System.setProperty("quarkus.log.console.stderr", "true");
        System.setProperty("quarkus.log.console.level", "WARN");
        System.setProperty("freshet.restore", "false");
        System.setProperty("freshet.store.folder", "");
        System.setProperty("freshet.store.mongodb", "false");
        System.setProperty("freshet.store.redis", "false");
        System.setProperty("freshet.sinks.files-folder", request.folder().toAbsolutePath().toString());
        Quarkus.run(CommandStreams.class, Main::exit);
    }

    @Override
    public int run(String... args) throws IOException {
        RunRequest request = REQUEST.get();
        if (request == null) {
            return RunRequest.exitCode(false);
        }
        Files.createDirectories(request.folder());
        try {
            request.models().forEach(this::load);
            List<Stream> running = new ArrayList<>();
            for (JsonNode definition : request.definitions()) {
                running.add(streams.createTransient(StreamDefinition.parse(definition)));
            }
            boolean completed = true;
            for (Stream stream : running) {
                completed &= completes(stream);
            }
            return RunRequest.exitCode(completed);
        } catch (DefinitionException | ModelFileException | UncheckedIOException e) {
            System.err.println("freshet: " + e.getMessage());
            return RunRequest.exitCode(false);
        }
    }

    private void load(String name, Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            models.put(name, ModelFile.read(in), Duration.ZERO, List.of(), Cause.IMPORT);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean completes(Stream stream) {
        String said = "";
        while (!stream.awaitEnd(LOOK)) {
            String problem = problem(stream);
            if (!problem.isEmpty() && !problem.equals(said)) {
                said = problem;
                System.err.println("freshet: stream " + stream.name() + " is failing: " + problem);
            }
        }
        StreamStatistics end = stream.statistics();
        System.err.printf("%s: %s after %,d records in %.1f s%n", stream.name(), end.state(), end.totalSamples(),
                end.elapsedSeconds());
        return stream.state() != StreamState.FAILED;
    }

    /** Returns why a sink does not accept records; empty if all do. */
    private static String problem(Stream stream) {
        return stream.state() != StreamState.FAILING ? ""
                : stream.statistics().sinks().stream().map(StreamStatistics.SinkStatistics::lastError)
                        .filter(Objects::nonNull).findFirst().orElse("the source cannot be read");
    }
}
