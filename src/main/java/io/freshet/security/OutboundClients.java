package io.freshet.security;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import jakarta.ws.rs.client.ClientRequestFilter;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;

import org.eclipse.microprofile.rest.client.ext.ResponseExceptionMapper;
import org.jboss.resteasy.reactive.ClientWebApplicationException;
import org.jboss.resteasy.reactive.client.api.LoggingScope;

import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;

/**
 * Creates clients of the HTTP services that the operator configures. They do not follow redirects, which could take credentials
 * to other addresses.
 */
public final class OutboundClients {

    /** Turns redirects into exceptions too, which the default mapper does not. */
    private static final class Unsuccessful implements ResponseExceptionMapper<ClientWebApplicationException> {

        @Override
        public boolean handles(int status, MultivaluedMap<String, Object> headers) {
            // the status is 0 if there is no answer
            return status >= Response.Status.MULTIPLE_CHOICES.getStatusCode();
        }

        @Override
        public ClientWebApplicationException toThrowable(Response response) {
            return new ClientWebApplicationException(response);
        }
    }

    private OutboundClients() {
    }

    /**
     * Returns a new client. It throws a {@link ClientWebApplicationException} if the status is not 2xx, and another exception
     * if
     * there is no answer.
     *
     * @param api the interface of the service, with the annotations of Jakarta REST
     * @param timeout how long connecting may take, and how long an answer may be awaited
     * @param headers sent with each request; they replace those of the interface
     */
    public static <T> T create(Class<T> api, URI address, Duration timeout, Map<String, String> headers) {
        ClientRequestFilter withHeaders = request -> headers.forEach(request.getHeaders()::putSingle);
        // headers may be secret, so that no configuration may have them logged
        return QuarkusRestClientBuilder.newBuilder().loggingScope(LoggingScope.NONE).baseUri(address).followRedirects(false)
                .connectTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .readTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .userAgent("Freshet")
                .register(withHeaders).register(new Unsuccessful())
                .build(api);
    }
}
