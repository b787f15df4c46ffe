package io.freshet.stream.alert;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;

import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

import io.smallrye.mutiny.Uni;

/** The service that receives the messages of a webhook. */
@RegisterRestClient
@Path("")
interface WebhookApi extends AutoCloseable {

    /** Posts a message to the address itself. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    Uni<Void> post(String json);

    /** Closes the connections. */
    @Override
    void close();
}
