package io.freshet.stream.assembly;

import java.net.http.HttpClient;
import java.time.Instant;

import jakarta.enterprise.context.ApplicationScoped;

import org.jspecify.annotations.Nullable;

import io.freshet.memory.MemoryBudget;
import io.freshet.security.OutboundAddresses;
import io.freshet.security.RefusedAddressException;
import io.freshet.sink.DeadLetter;
import io.freshet.sink.FailureCode;
import io.freshet.source.Source;
import io.freshet.source.websocket.WebSocketSource;
import io.freshet.stream.definition.DefinitionException;
import io.freshet.stream.definition.WebSocketDefinition;
import io.freshet.stream.engine.ResumePoint;

/** Creates the sources that read feeds; they share one client. */
@ApplicationScoped
public class WebSocketSources {

    private final OutboundAddresses outbound;
    private final MalformedMessages malformed;
    private final MemoryBudget memory;
    private @Nullable HttpClient client;

    public WebSocketSources(OutboundAddresses outbound, MalformedMessages malformed, MemoryBudget memory) {
        this.memory = memory;
        this.outbound = outbound;
        this.malformed = malformed;
    }

    /**
     * Creates the source of a feed. The address is checked on every connection, so a stream that resumes does not fail here.
     *
     * @throws DefinitionException if the stream is new and its feed may not be reached
     */
    Source of(String stream, WebSocketDefinition feed, ResumePoint start) {
        if (!start.restored()) {
            try {
                outbound.check(feed.settings().url());
            } catch (RefusedAddressException e) {
                throw new DefinitionException("source.feed.url", String.valueOf(e.getMessage()));
            }
        }
        String host = feed.settings().url().getHost();
        return new WebSocketSource(feed.settings(), client(), outbound::destination,
                (number, bytes, reason) -> malformed.keep(letter(stream, host, number, bytes, reason)), start.bookmark(),
                memory);
    }

    private static DeadLetter letter(String stream, String host, long number, byte[] bytes, String reason) {
        return new DeadLetter(new DeadLetter.Address(stream, number, "feed-source", "feed", host),
                new DeadLetter.Cause(FailureCode.MALFORMED, "malformed: " + reason, 1, Instant.now()), null, bytes);
    }

    private synchronized HttpClient client() {
        HttpClient open = client;
        if (open == null) {
            open = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();
            client = open;
        }
        return open;
    }
}
