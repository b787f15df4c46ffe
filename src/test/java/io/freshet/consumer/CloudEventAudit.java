package io.freshet.consumer;

import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;

import io.quarkus.arc.properties.IfBuildProperty;
import io.smallrye.reactive.messaging.ce.IncomingCloudEventMetadata;

/** Consumes records as CloudEvents. */
@IfBuildProperty(name = "consumer.examples", stringValue = "true")
// tag::example[]
@ApplicationScoped
public class CloudEventAudit {

    private final Set<String> ids = ConcurrentHashMap.newKeySet();

    @Incoming("audit")
    CompletionStage<Void> consume(Message<String> message) {
        IncomingCloudEventMetadata<?> event = message.getMetadata(IncomingCloudEventMetadata.class).orElseThrow();
        // a record that was delivered twice has the same id
        ids.add(event.getSource() + "#" + event.getId());
        return message.ack();
    }

    public Set<String> ids() {
        return ids;
    }
}
// end::example[]
