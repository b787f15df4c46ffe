package io.freshet.stream.trial;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import io.freshet.store.History;
import io.freshet.stream.assembly.TopicSources;
import io.freshet.stream.definition.SourceDefinition;
import io.freshet.stream.definition.TopicDefinition;
import io.freshet.stream.definition.TwinDefinition;
import io.freshet.table.JsonContents;

/** Finds records for a dry run where the source itself cannot be used without leaving traces. Thread-safe. */
@ApplicationScoped
class TrialRecords {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final JsonFactory JSON = new JsonFactory();

    private final TopicSources topics;
    private final History history;

    TrialRecords(TopicSources topics, History history) {
        this.topics = topics;
        this.history = history;
    }

    /**
     * Returns records of a source that reads from elsewhere.
     *
     * @return empty if the source makes its records itself
     */
    Optional<List<Map<String, @Nullable Object>>> outside(SourceDefinition source, int max) {
        if (source instanceof TopicDefinition topic) {
            return Optional.of(objects(topics.sample(topic, max, PATIENCE)));
        }
        if (source instanceof TwinDefinition twin) {
            return Optional.of(objects(topics.sample(twin.topic(), max, PATIENCE)));
        }
        if (source instanceof SourceDefinition.OfStream other) {
            return Optional.of(objects(history.recent(other.stream(), max)));
        }
        return isSentByOthers(source) ? Optional.of(List.of()) : Optional.empty();
    }

    private static boolean isSentByOthers(SourceDefinition source) {
        return source.isReceived() || source instanceof TwinDefinition.OfChannel;
    }

    /** Returns why a dry run has fewer records than it should. */
    static String note(SourceDefinition source, int found) {
        if (isSentByOthers(source)) {
            return "the records of this source are sent by others, so a dry run has none";
        }
        String which = source.readsTopic() ? "the topic gave " + found + " records in " + PATIENCE.toSeconds() + " s"
                : "the source gave " + found + " records";
        return source instanceof TwinDefinition ? which + "; they stand for the rows that the twin would learn" : which;
    }

    private static List<Map<String, @Nullable Object>> objects(List<String> texts) {
        List<Map<String, @Nullable Object>> objects = new ArrayList<>();
        for (String text : texts) {
            try (JsonParser parser = JSON.createParser(text)) {
                if (parser.nextToken() == JsonToken.START_OBJECT) {
                    objects.add(JsonContents.object(parser));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return objects;
    }
}
