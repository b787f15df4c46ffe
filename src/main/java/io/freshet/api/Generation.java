package io.freshet.api;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.freshet.api.GenerationRequest.Refused;
import io.freshet.codec.RecordWriter;
import io.freshet.model.ConditionException;
import io.freshet.model.SynthesisModel;
import io.freshet.store.Models;
import io.freshet.store.StoredModel;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Multi;

/** Answers the requests of sockets. Each message is generated only when the previous one has been written. */
@Startup
@ApplicationScoped
public class Generation {

    private static final Logger LOG = Logger.getLogger(Generation.class);
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Models models;
    private final ApiConfig config;
    private final AtomicLong samplesMade = new AtomicLong();
    private final AtomicLong batchesMade = new AtomicLong();
    private final long startedAt = System.nanoTime();

    public Generation(Models models, ApiConfig config) {
        this.models = models;
        this.config = config;
    }

    /** Returns the answers to a message; never fails. */
    public Multi<String> answer(String message) {
        try {
            GenerationRequest request = GenerationRequest.parse(message, config);
            return switch (request.kind()) {
                case STATS -> Multi.createFrom().item(this::statistics);
                case RECORDS, DATA, BATCHES -> messages(request, samples(request));
            };
        } catch (Refused | ConditionException e) {
            return Multi.createFrom().item(refusal(message, String.valueOf(e.getMessage())));
        } catch (RuntimeException e) {
            LOG.error("A socket request failed with an internal error", e);
            return Multi.createFrom().item(refusal(message, "internal error"));
        }
    }

    /** Returns a message that describes an error. */
    public static String error(String reason) {
        return write(MAPPER.createObjectNode().put("action", "error").put("error", Problem.brief(reason)));
    }

    /**
     * Returns the error for a client of the first dialect, which reads {@code records} of every message until one has the
     * status complete.
     */
    private static String refusal(String message, String reason) {
        if (!GenerationRequest.awaitsStatus(message)) {
            return error(reason);
        }
        ObjectNode last = MAPPER.createObjectNode().put("action", "error").put("error", Problem.brief(reason))
                .put("status", "complete").put("count", 0).put("batches", 0);
        last.putArray("records");
        return write(last);
    }

    private static String write(ObjectNode json) {
        try {
            return MAPPER.writeValueAsString(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private Samples samples(GenerationRequest request) {
        SynthesisModel model = model(request);
        long seed = request.seed().orElseGet(() -> ThreadLocalRandom.current().nextLong());
        return new Samples(model.generator(seed, request.conditions()), RecordWriter.JSON, request.metadata(), 0,
                request.records(), request.perMessage());
    }

    private SynthesisModel model(GenerationRequest request) {
        List<String> names = models.list().stream().map(StoredModel::name).toList();
        String name = request.model().or(() -> config.defaultModel().filter(names::contains))
                .orElse(names.size() == 1 ? names.get(0) : "");
        if (name.isEmpty()) {
            throw new Refused(names.isEmpty() ? "no models exist yet; fit one with PUT /api/v1/models/{name}"
                    : "model is missing; expected one of " + String.join(", ", names));
        }
        return models.find(name).map(StoredModel::model).orElseThrow(() -> new Refused("unknown model " + name
                + (names.isEmpty() ? "" : "; expected one of " + String.join(", ", names))));
    }

    private Multi<String> messages(GenerationRequest request, Samples samples) {
        long batches = (request.records() + request.perMessage() - 1) / request.perMessage();
        Multi<String> data = Multi.createBy().repeating().supplier(() -> message(request, samples)).atMost(batches);
        return switch (request.kind()) {
            case RECORDS -> Multi.createBy().concatenating().streams(data,
                    Multi.createFrom().item("{\"status\":\"complete\",\"records\":[],\"count\":" + request.records()
                            + ",\"batches\":" + batches + "}"));
            case BATCHES -> Multi.createBy().concatenating().streams(data,
                    Multi.createFrom().item("{\"action\":\"complete\"}"));
            case DATA, STATS -> data;
        };
    }

    private String message(GenerationRequest request, Samples samples) {
        int size = samples.nextSize();
        String records = "[" + new String(samples.nextAlone(), StandardCharsets.UTF_8) + "]";
        samplesMade.addAndGet(size);
        batchesMade.incrementAndGet();
        return switch (request.kind()) {
            case RECORDS -> "{\"records\":" + records + ",\"count\":" + size + "}";
            case DATA -> "{\"action\":\"data\",\"data\":" + records + ",\"n_samples\":" + size + "}";
            case BATCHES, STATS -> "{\"action\":\"batch\",\"data\":" + records + ",\"n_samples\":" + size + "}";
        };
    }

    private String statistics() {
        double elapsed = (System.nanoTime() - startedAt) / 1e9;
        ObjectNode stats = MAPPER.createObjectNode().put("action", "stats").put("total_samples", samplesMade.get())
                .put("total_batches", batchesMade.get()).put("samples_per_second", samplesMade.get() / elapsed)
                .put("elapsed_time", elapsed);
        List<String> names = new ArrayList<>();
        models.list().forEach(model -> names.add(model.name()));
        names.forEach(stats.putArray("models")::add);
        return write(stats);
    }
}
