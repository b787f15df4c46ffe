package io.freshet.stream;

import java.net.http.HttpClient;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import org.jspecify.annotations.Nullable;

import io.freshet.source.FeedSource;
import io.freshet.source.Source;

/** Makes the sources that read feeds; they share one client. */
@ApplicationScoped
public class FeedSources {

    private final FeedConfig config;
    private @Nullable HttpClient client;

    public FeedSources(FeedConfig config) {
        this.config = config;
    }

    /**
     * @param bookmark of an earlier source of the same stream
     * @throws DefinitionException if its host is not allowed
     */
    Source of(FeedDefinition feed, Optional<String> bookmark) {
        String host = feed.settings().url().getHost();
        config.hosts().filter(allowed -> allowed.stream().noneMatch(host::equalsIgnoreCase)).ifPresent(allowed -> {
            throw new DefinitionException("source.feed.url",
                    "is of a host that is not among those of freshet.feeds.hosts: " + String.join(", ", allowed));
        });
        return new FeedSource(feed.settings(), client(), bookmark);
    }

    private synchronized HttpClient client() {
        HttpClient open = client;
        if (open == null) {
            open = HttpClient.newHttpClient();
            client = open;
        }
        return open;
    }
}
