package io.freshet.security;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;

/** Sets options of the server for which Quarkus has no properties. */
@ApplicationScoped
public class SocketServerOptions implements HttpServerOptionsCustomizer {

    @Override
    public void customizeHttpServer(HttpServerOptions options) {
        customize(options);
    }

    @Override
    public void customizeHttpsServer(HttpServerOptions options) {
        customize(options);
    }

    /** Disables the compression extension that preceded permessage-deflate, because nothing limits what it inflates. */
    private static void customize(HttpServerOptions options) {
        options.setPerFrameWebSocketCompressionSupported(false);
    }
}
