package io.freshet.ops;

import java.time.Duration;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;

import io.freshet.security.SocketCloses;
import io.quarkus.websockets.next.CloseReason;
import io.quarkus.websockets.next.OpenConnections;
import io.smallrye.mutiny.Multi;

/**
 * Closes the open WebSockets at shutdown. The close frame asks clients to reconnect, which they would not do after an
 * abrupt disconnect.
 */
@ApplicationScoped
public class OpenSockets {

    private static final Logger LOG = Logger.getLogger(OpenSockets.class);
    private static final CloseReason RESTART = SocketCloses.restart("the service is shutting down; connect again");
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final OpenConnections connections;

    public OpenSockets(OpenConnections connections) {
        this.connections = connections;
    }

    /** Closes all WebSockets. Does not wait for clients that do not answer. */
    void close() {
        Multi.createFrom().iterable(connections.listAll()).onItem()
                .transformToUniAndMerge(connection -> connection.close(RESTART).onFailure().recoverWithNull())
                .collect().asList().replaceWithVoid().ifNoItem().after(PATIENCE).fail()
                .onFailure().invoke(e -> LOG.debugf("Not all WebSockets closed in time: %s", e.getMessage()))
                .onFailure().recoverWithNull().await().indefinitely();
    }
}
