package io.freshet.ops;

import java.time.Duration;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;

import io.freshet.security.SocketCloses;
import io.quarkus.websockets.next.CloseReason;
import io.quarkus.websockets.next.OpenConnections;
import io.smallrye.mutiny.Multi;

/** The sockets that are open. At the end their clients are told to come again, which they would not do if they were cut off. */
@ApplicationScoped
public class OpenSockets {

    private static final Logger LOG = Logger.getLogger(OpenSockets.class);
    private static final CloseReason RESTART = SocketCloses.restart("the service ends here; connect again");
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final OpenConnections connections;

    public OpenSockets(OpenConnections connections) {
        this.connections = connections;
    }

    /** Closes all; clients that do not answer are not waited for. */
    void close() {
        Multi.createFrom().iterable(connections.listAll()).onItem()
                .transformToUniAndMerge(connection -> connection.close(RESTART).onFailure().recoverWithNull())
                .collect().asList().replaceWithVoid().ifNoItem().after(PATIENCE).fail()
                .onFailure().invoke(e -> LOG.debugf("Not all sockets were closed in time: %s", e.getMessage()))
                .onFailure().recoverWithNull().await().indefinitely();
    }
}
