package io.freshet.amqp;

import java.net.ConnectException;
import java.util.Optional;

import javax.security.sasl.SaslException;

import org.jspecify.annotations.Nullable;

import io.smallrye.reactive.messaging.amqp.AmqpConnectorCommonConfiguration;
import io.vertx.amqp.AmqpClient;
import io.vertx.amqp.AmqpClientOptions;
import io.vertx.core.Vertx;

/** How a channel reaches its broker, and names it and its refusals for the operator. */
record AmqpBroker(Vertx vertx, AmqpClientOptions options) {

    /** Returns the options of a client that does not reconnect by itself. */
    static AmqpClientOptions options(AmqpConnectorCommonConfiguration settings) {
        AmqpClientOptions options = new AmqpClientOptions().setHost(settings.getHost()).setPort(settings.getPort())
                .setContainerId(settings.getContainerId().orElseGet(() -> "freshet-" + settings.getChannel()));
        settings.getUsername().ifPresent(options::setUsername);
        settings.getPassword().ifPresent(options::setPassword);
        settings.getVirtualHost().ifPresent(options::setVirtualHost);
        settings.getSniServerName().ifPresent(options::setSniServerName);
        options.setSsl(settings.getUseSsl());
        options.setConnectTimeout(settings.getConnectTimeout());
        options.setReconnectAttempts(0);
        return options;
    }

    AmqpClient client() {
        return AmqpClient.create(vertx, options);
    }

    /** @param thrown null if the connection broke without a reason */
    String reason(@Nullable Throwable thrown) {
        String broker = "AMQP broker at " + options.getHost() + ":" + options.getPort();
        for (Throwable each = thrown; each != null; each = each.getCause()) {
            if (each instanceof SaslException) {
                return broker + " rejects " + (options.getUsername() == null ? "clients without a user"
                        : "user " + options.getUsername() + " or its password");
            }
            if (each instanceof ConnectException) {
                return broker + " cannot be reached";
            }
        }
        return broker
                + Optional.ofNullable(thrown).map(AmqpBroker::innermost).filter(text -> !text.equals("Connection disconnected"))
                        .map(text -> ": " + text).orElse(" closed the connection");
    }

    private static String innermost(Throwable thrown) {
        Throwable cause = thrown;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }
}
