package io.freshet.ops;

import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;

/**
 * Serves health and metrics, and nothing else, on a separate port, to which a network policy can restrict access. The
 * security rules of the first port apply here too. The management interface of Quarkus is not used: it is chosen at build
 * time and removes health from the first port, which is the only port on some platforms.
 */
@ApplicationScoped
public class ManagementServer {

    private static final Logger LOG = Logger.getLogger(ManagementServer.class);
    private static final int PATIENCE_SECONDS = 10;
    private static final Pattern WATCHING = Pattern.compile("/q/(metrics|health(/[a-z]+)?)");

    private final ManagementConfig config;
    private final Vertx vertx;
    private @Nullable Router router;
    private @Nullable HttpServer server;

    public ManagementServer(ManagementConfig config, Vertx vertx) {
        this.config = config;
        this.vertx = vertx;
    }

    void router(@Observes Router observed) {
        router = observed;
    }

    void start(@Observes StartupEvent event) throws Exception {
        if (config.port().isPresent()) {
            server = vertx.createHttpServer().requestHandler(this::answer)
                    .listen(config.port().getAsInt(), config.host()).toCompletionStage().toCompletableFuture()
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            LOG.infof("Management server started: port=%d", server.actualPort());
        }
    }

    private void answer(HttpServerRequest request) {
        String path = request.path();
        Router to = router;
        if (to != null && path != null && WATCHING.matcher(path).matches()) {
            to.handle(request);
        } else {
            request.response().setStatusCode(404).end();
        }
    }

    /** Returns the actual port; 0 if the server does not run. */
    int port() {
        HttpServer running = server;
        return running == null ? 0 : running.actualPort();
    }

    void stop(@Observes ShutdownEvent event) {
        HttpServer running = server;
        if (running != null) {
            running.close();
        }
    }
}
