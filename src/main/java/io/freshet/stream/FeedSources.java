package io.freshet.stream;

import java.net.http.HttpClient;

import jakarta.enterprise.context.ApplicationScoped;

import org.jspecify.annotations.Nullable;

import io.freshet.security.OutboundAddresses;
import io.freshet.security.RefusedAddressException;
import io.freshet.source.FeedSource;
import io.freshet.source.Source;

/** Makes the sources that read feeds; they share one client. */
@ApplicationScoped
public class FeedSources {

    private final OutboundAddresses outbound;
    private @Nullable HttpClient client;

    public FeedSources(OutboundAddresses outbound) {
        this.outbound = outbound;
    }

    /**
     * The address is looked at again whenever it is connected to, so a stream that comes back does not fail here.
     *
     * @throws DefinitionException if the stream begins anew and its feed may not be reached
     */
    Source of(FeedDefinition feed, StartingPoint start) {
        if (!start.restored()) {
            try {
                outbound.check(feed.settings().url());
            } catch (RefusedAddressException e) {
                throw new DefinitionException("source.feed.url", String.valueOf(e.getMessage()));
            }
        }
        return new FeedSource(feed.settings(), client(), outbound::destination, start.bookmark());
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
