package io.freshet.api;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

import io.freshet.event.WrittenEvents;
import io.freshet.retail.Chain;
import io.freshet.retail.EventSchemas;
import io.freshet.retail.EventSearch;
import io.freshet.retail.EventType;
import io.freshet.retail.RetailEvent;
import io.freshet.retail.Store;
import io.freshet.source.RetailChains;
import io.smallrye.common.annotation.Blocking;

/** What events of the retail simulator look like, and single ones of them. */
@Path("/api/v1/retail")
@Tag(name = "Retail")
@Blocking
public class RetailResource {

    private static final String SCHEMA = "application/schema+json";

    private final RetailChains chains;

    public RetailResource(RetailChains chains) {
        this.chains = chains;
    }

    /** The schemas there are. */
    public record SchemaList(List<String> schemas) {
    }

    @GET
    @Path("/schemas")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "The names of the JSON Schemas: the envelope, called event, and the event types")
    public SchemaList schemas() {
        return new SchemaList(EventSchemas.names());
    }

    @GET
    @Path("/schemas/{name}")
    @Produces({ SCHEMA, MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE })
    @Operation(summary = "One JSON Schema")
    public String schema(@PathParam("name") String name) {
        return EventSchemas.find(name).orElseThrow(() -> new ProblemException(
                Problem.of(404, "name", "there is no schema " + name).allowing(EventSchemas.names())));
    }

    @POST
    @Path("/events/{type}")
    @Produces({ MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE })
    @Operation(summary = "One event of a type", description = "The next one of the default chain at or after a moment (now), in a "
            + "store (any). With seed, at and store the answer is always the same.")
    public String event(@PathParam("type") String type, @QueryParam("seed") @DefaultValue("0") long seed,
            @QueryParam("at") @Nullable String at, @QueryParam("store") @Nullable Integer store) {
        EventType wanted = EventType.find(type).orElseThrow(() -> new ProblemException(
                Problem.of(404, "type", "there is no event type " + type)
                        .allowing(Arrays.stream(EventType.values()).map(EventType::id).toList())));
        Chain chain = chains.of(Optional.empty(), seed);
        RetailEvent event = EventSearch.first(chain, store(chain, store), wanted, moment(at))
                .orElseThrow(() -> new ProblemException(
                        Problem.of(422, "at", "nothing of that kind happens for days from this moment on")));
        WrittenEvents written = WrittenEvents.create();
        event.writeTo(written);
        return new String(written.bytes(), 0, written.end(0), StandardCharsets.UTF_8);
    }

    private static Store store(Chain chain, @Nullable Integer number) {
        List<Store> stores = chain.data().stores();
        if (number == null) {
            return stores.get(ThreadLocalRandom.current().nextInt(stores.size()));
        }
        return stores.stream().filter(store -> store.number() == number).findFirst()
                .orElseThrow(() -> new ProblemException(Problem.of(422, "store", "there is no store " + number
                        + "; there are " + stores.size())));
    }

    private static Instant moment(@Nullable String text) {
        try {
            return text == null ? Instant.now() : Instant.parse(text);
        } catch (DateTimeException e) {
            throw new ProblemException(Problem.of(422, "at", "at must be a moment such as 2026-03-18T12:00:00Z, not " + text));
        }
    }
}
