package io.freshet.retail;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.freshet.event.JsonEventBuffer;

/** Checks one day of a small chain. */
class RetailDayTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Instant MORNING = Instant.parse("2024-11-22T00:00:00Z");
    private static final long DAY = 86_400_000;

    private static final List<JsonNode> EVENTS = new ArrayList<>();

    private static Chain chain(long seed) {
        return Chain.generate(ParameterFile.defaults(), new ChainSize(4, 2_000, 500, 1), seed);
    }

    @BeforeAll
    static void simulate() throws IOException {
        RetailSimulation simulation = RetailSimulation.of(chain(7), MORNING);
        while (simulation.nextTime() < MORNING.toEpochMilli() + DAY) {
            EVENTS.add(MAPPER.readTree(json(simulation.next())));
        }
    }

    private static String json(RetailEvent event) {
        JsonEventBuffer written = JsonEventBuffer.create();
        event.writeTo(written);
        return new String(written.bytes(), written.start(0), written.end(0) - written.start(0), StandardCharsets.UTF_8);
    }

    private static List<JsonNode> payloads(String type) {
        return EVENTS.stream().filter(event -> event.get("event_type").asText().equals(type)).map(event -> event.get("payload"))
                .toList();
    }

    @Test
    void everyTypeHappensInItsEnvelope() {
        Set<String> types = new HashSet<>();
        Set<String> traces = new HashSet<>();
        for (JsonNode event : EVENTS) {
            types.add(event.get("event_type").asText());
            assertThat(traces.add(event.get("trace_id").asText())).isTrue();
            assertThat(event.get("trace_id").asText()).matches("TR_\\d+_\\d{5,}");
            assertThat(event.get("partition_key").asText()).isEqualTo("store_" + event.get("payload").get("store_id").asInt());
        }
        assertThat(types).containsExactlyInAnyOrder("receipt_created", "receipt_line_added", "payment_processed",
                "inventory_updated", "stockout_detected", "reorder_triggered", "customer_entered", "customer_zone_changed",
                "ble_ping_detected", "truck_arrived", "truck_departed", "store_opened", "store_closed", "ad_impression",
                "promotion_applied");
    }

    @Test
    void paymentsAddUpToTheirReceipts() {
        Map<String, Double> paid = new HashMap<>();
        payloads("payment_processed").forEach(payment -> paid.merge(payment.get("receipt_id").asText(),
                payment.get("amount").asDouble(), Double::sum));
        Map<String, Integer> lines = new HashMap<>();
        payloads("receipt_line_added").forEach(line -> lines.merge(line.get("receipt_id").asText(), 1, Integer::sum));

        List<JsonNode> receipts = payloads("receipt_created");
        assertThat(receipts).hasSizeGreaterThan(100);
        // the last receipts of the day may be paid on the next day
        for (JsonNode receipt : receipts.subList(0, receipts.size() - 20)) {
            String id = receipt.get("receipt_id").asText();
            assertThat(paid.getOrDefault(id, 0.0)).as(id).isCloseTo(receipt.get("total").asDouble(),
                    org.assertj.core.api.Assertions.within(.005));
            assertThat(lines.get(id)).as(id).isEqualTo(receipt.get("line_count").asInt());
        }
    }

    @Test
    void theSameSeedGivesTheSameEventsAndAnyShardTheSameOfItsStores() {
        RetailSimulation all = RetailSimulation.of(chain(7), MORNING);
        RetailSimulation shard = RetailSimulation.of(chain(7), 1, 2, MORNING);
        List<String> ofShard = new ArrayList<>();
        List<String> ofAll = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            ofShard.add(json(shard.next()));
        }
        while (ofAll.size() < 500) {
            RetailEvent event = all.next();
            if (event.store().index() % 2 == 1) {
                ofAll.add(json(event));
            }
        }
        assertThat(ofAll).isEqualTo(ofShard);
        assertThat(json(RetailSimulation.of(chain(8), MORNING).next()))
                .isNotEqualTo(json(RetailSimulation.of(chain(7), MORNING).next()));
    }

    @Test
    void aSimulationStartsInTheMiddleOfADayAsIfItHadRunUntilThen() {
        Instant noon = MORNING.plusMillis(DAY / 2);
        RetailSimulation running = RetailSimulation.of(chain(7), MORNING);
        while (running.nextTime() < noon.toEpochMilli()) {
            running.next();
        }
        RetailSimulation started = RetailSimulation.of(chain(7), noon);

        for (int i = 0; i < 300; i++) {
            assertThat(json(started.next())).isEqualTo(json(running.next()));
        }
    }
}
