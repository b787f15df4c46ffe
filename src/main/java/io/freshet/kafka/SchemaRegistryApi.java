package io.freshet.kafka;

import jakarta.annotation.Priority;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientResponseContext;
import jakarta.ws.rs.client.ClientResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;

import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.annotation.JsonInclude;

import io.smallrye.mutiny.Uni;

/** The part of Confluent's API for schema registries that Freshet uses. */
@RegisterRestClient
@RegisterProvider(SchemaRegistryApi.JsonAnswers.class)
@Path("/")
@Consumes(SchemaRegistryApi.MEDIA_TYPE)
@Produces({ SchemaRegistryApi.MEDIA_TYPE, MediaType.APPLICATION_JSON })
interface SchemaRegistryApi {

    String MEDIA_TYPE = "application/vnd.schemaregistry.v1+json";

    /** @param schemaType PROTOBUF or JSON; null for Avro */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Schema(@Nullable String schema, @Nullable String schemaType) {
    }

    record Registered(int id) {
    }

    record Problem(@Nullable String message) {
    }

    /** Reads answers as JSON, whatever media type a registry or a gateway in front of it gives them. */
    @Priority(Priorities.USER + 1)
    class JsonAnswers implements ClientResponseFilter {

        @Override
        public void filter(ClientRequestContext request, ClientResponseContext response) {
            if (response.hasEntity()) {
                response.getHeaders().putSingle(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON);
            }
        }
    }

    @POST
    @Path("subjects/{subject}/versions")
    Registered register(@PathParam("subject") String subject, Schema schema);

    @GET
    @Path("subjects/{subject}/versions/{version}")
    Schema schema(@PathParam("subject") String subject, @PathParam("version") String version);

    @GET
    @Path("schemas/ids/{id}")
    Schema schema(@PathParam("id") int id);

    /** Answers with the types of schemas, which not every registry does. */
    @GET
    @Path("schemas/types")
    Uni<Void> types();
}
