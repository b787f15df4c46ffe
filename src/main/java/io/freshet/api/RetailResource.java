package io.freshet.api;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;

import jakarta.ws.rs.Consumes;
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

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import io.freshet.event.JsonEventBuffer;
import io.freshet.retail.Chain;
import io.freshet.retail.EventHours;
import io.freshet.retail.EventSchemas;
import io.freshet.retail.EventSearch;
import io.freshet.retail.EventType;
import io.freshet.retail.RetailEvent;
import io.freshet.retail.Store;
import io.freshet.source.retail.RetailChains;
import io.freshet.stream.definition.RetailEventsRequest;
import io.smallrye.common.annotation.Blocking;

/** Serves the schemas of retail events, and single events. */
@Path("/api/v1/retail")
@Tag(name = "Retail")
@Blocking
public class RetailResource {

    private static final String SCHEMA = "application/schema+json";

    private final RetailChains chains;

    public RetailResource(RetailChains chains) {
        this.chains = chains;
    }

    /** The names of the schemas. */
    public record SchemaList(List<String> schemas) {
    }

    @GET
    @Path("/schemas")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "List the JSON Schemas: the envelope, named event, and the event types")
    public SchemaList schemas() {
        return new SchemaList(EventSchemas.names());
    }

    @GET
    @Path("/schemas/{name}")
    @Produces({ SCHEMA, MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE })
    @Operation(summary = "Return a JSON Schema")
    public String schema(@PathParam("name") String name) {
        return EventSchemas.find(name).orElseThrow(() -> new ProblemException(
                Problem.of(404, "name", "unknown schema " + name).allowing(EventSchemas.names())));
    }

    /**
     * Whether events of a type can happen at a time.
     *
     * @param from the first time of that day at which they can; null if the store stays closed on it
     * @param to the last one
     */
    public record Possibility(String type, int store, Instant at, boolean possible, @Nullable Instant from,
            @Nullable Instant to) {
    }

    @GET
    @Path("/events/{type}")
    @Produces({ MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE })
    @Operation(summary = "Return whether a type of event can happen at a time", description = "Considers the opening hours, holidays and "
            + "deliveries "
            + "of a store (default: the first) of the default chain at a time (default: now), and returns the hours of that day in which it can.")
    public Possibility possibility(@PathParam("type") String type, @QueryParam("seed") @DefaultValue("0") long seed,
            @QueryParam("at") @Nullable String at, @QueryParam("store") @Nullable Integer store) {
        EventType wanted = type(type);
        Chain chain = chains.of(Optional.empty(), seed);
        Store where = store == null ? chain.data().stores().get(0) : store(chain, store);
        Instant moment = moment(at);
        EventHours hours = EventHours.on(chain, where, wanted, moment).orElse(null);
        return hours == null ? new Possibility(type, where.number(), moment, false, null, null)
                : new Possibility(type, where.number(), moment, hours.contains(moment), hours.from(), hours.to());
    }

    @POST
    @Path("/events")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces({ MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE })
    @Operation(summary = "Generate mixed events", description = "Returns the next events of the default chain at or after a "
            + "time (default: now), in a store (default: any). The body is "
            + "{count, weights, seed, at, store}; weights are those of source.retail. The response is an array, ordered by time.")
    public String events(JsonNode request) {
        RetailEventsRequest wanted = RetailEventsRequest
                .parse(request == null ? JsonNodeFactory.instance.objectNode() : request);
        Chain chain = chains.of(Optional.empty(), wanted.seed());
        List<RetailEvent> events = EventSearch.mixed(chain, store(chain, wanted.store().orElse(null)), wanted.weights(),
                wanted.at().orElseGet(Instant::now), wanted.count());
        return events.stream().map(RetailResource::json).collect(Collectors.joining(",", "[", "]"));
    }

    @POST
    @Path("/events/{type}")
    @Produces({ MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE })
    @Operation(summary = "Generate an event of a type", description = "Returns the next event of the default chain at or after "
            + "a time (default: now), in a "
            + "store (default: any). With seed, at and store the response is always the same.")
    public String event(@PathParam("type") String type, @QueryParam("seed") @DefaultValue("0") long seed,
            @QueryParam("at") @Nullable String at, @QueryParam("store") @Nullable Integer store) {
        EventType wanted = type(type);
        Chain chain = chains.of(Optional.empty(), seed);
        RetailEvent event = EventSearch.first(chain, store(chain, store), wanted, moment(at))
                .orElseThrow(() -> new ProblemException(
                        Problem.of(422, "at", "no event of this type happens in the days after this time")));
        return json(event);
    }

    private static EventType type(String name) {
        return EventType.find(name).orElseThrow(() -> new ProblemException(
                Problem.of(404, "type", "unknown event type " + name)
                        .allowing(Arrays.stream(EventType.values()).map(EventType::id).toList())));
    }

    private static String json(RetailEvent event) {
        JsonEventBuffer written = JsonEventBuffer.create();
        event.writeTo(written);
        return new String(written.bytes(), 0, written.end(0), StandardCharsets.UTF_8);
    }

    private static Store store(Chain chain, @Nullable Integer number) {
        List<Store> stores = chain.data().stores();
        if (number == null) {
            return stores.get(ThreadLocalRandom.current().nextInt(stores.size()));
        }
        return stores.stream().filter(store -> store.number() == number).findFirst()
                .orElseThrow(() -> new ProblemException(Problem.of(422, "store", "unknown store " + number
                        + "; the number of stores is " + stores.size())));
    }

    private static Instant moment(@Nullable String text) {
        try {
            return text == null ? Instant.now() : Instant.parse(text);
        } catch (DateTimeException e) {
            throw new ProblemException(
                    Problem.of(422, "at", "at must be a timestamp such as 2026-03-18T12:00:00Z, not " + text));
        }
    }
}
