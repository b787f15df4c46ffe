package io.freshet.retail;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;

class EventSchemasTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Self-contained: the schema is created from the text of the envelope alone. */
    private final JsonSchema schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(EventSchemas.find(EventSchemas.ENVELOPE).orElseThrow());

    @Test
    void everyEventOfADayIsValid() throws JsonProcessingException {
        LocalDate day = LocalDate.of(2026, 12, 14);
        List<RetailEvent> events = Chains.events(Chains.small(21), Chains.begin(day), Chains.begin(day.plusDays(1)));
        Set<String> types = new HashSet<>();

        for (String text : RetailDeterminismTest.texts(events)) {
            JsonNode event = JSON.readTree(text);
            assertThat(schema.validate(event)).as(text).isEmpty();
            assertThat(event.get("partition_key").asText()).isEqualTo("store_" + event.at("/payload/store_id").asInt());
            types.add(event.get("event_type").asText());
        }

        assertThat(types).hasSize(15);
    }

    @Test
    void whatIsNotLikeThatIsNot() throws JsonProcessingException {
        LocalDate day = LocalDate.of(2026, 12, 14);
        RetailEvent event = Chains.events(Chains.small(21), Chains.begin(day), Chains.begin(day.plusDays(1))).stream()
                .filter(each -> each.type() == EventType.RECEIPT_LINE_ADDED).findFirst().orElseThrow();
        String text = RetailDeterminismTest.texts(List.of(event)).get(0);

        assertThat(schema.validate(JSON.readTree(text))).isEmpty();
        assertThat(schema.validate(JSON.readTree(text.replace("\"quantity\":", "\"amounts\":")))).isNotEmpty();
        assertThat(schema.validate(JSON.readTree(text.replace("receipt_line_added", "receipt_created")))).isNotEmpty();
        assertThat(schema.validate(JSON.readTree(text.replace("store_", "shop_")))).isNotEmpty();
    }

    /** Few doubles are multiples of 0.01, so validators that compute with doubles would reject 0.07. */
    @Test
    void noSchemaDemandsMultiplesOfAFraction() {
        for (String name : EventSchemas.names()) {
            assertThat(EventSchemas.find(name).orElseThrow()).as(name).doesNotContain("multipleOf");
        }
    }

    @Test
    void theSchemaOfTheEnvelopeRefersToNothingOutsideItself() throws JsonProcessingException {
        JsonNode envelope = JSON.readTree(EventSchemas.find(EventSchemas.ENVELOPE).orElseThrow());

        assertThat(envelope.findValuesAsText("$ref")).hasSize(15).allSatisfy(
                reference -> assertThat(envelope.at(reference.substring(1)).isObject()).as(reference).isTrue());
    }

    @Test
    void everyTypeHasASchemaThatDescribesAllItsFields() throws JsonProcessingException {
        for (String name : EventSchemas.names()) {
            JsonNode type = JSON.readTree(EventSchemas.find(name).orElseThrow());
            assertThat(type.get("description").asText()).isNotBlank();
            type.get("properties").forEach(field -> assertThat(field.get("description").asText()).as(name).isNotBlank());
        }
        assertThat(EventSchemas.find("../parameters")).isEmpty();
    }
}
