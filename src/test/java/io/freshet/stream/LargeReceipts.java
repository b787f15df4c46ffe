package io.freshet.stream;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

import org.jboss.logging.Logger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

@ApplicationScoped
class LargeReceipts {

    private static final Logger LOG = Logger.getLogger(LargeReceipts.class);

    @Inject
    ObjectMapper mapper;

    void generated(@Observes EventGenerated event) throws JsonProcessingException {
        if (event.json().startsWith("{\"event_type\":\"receipt_created\"")) {
            JsonNode receipt = mapper.readTree(event.json()).get("payload");
            if (receipt.get("total").asDouble() > 100) {
                LOG.infof("A large receipt: receipt=%s total=%s", receipt.get("receipt_id").asText(), receipt.get("total"));
            }
        }
    }
}
