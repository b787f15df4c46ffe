package io.freshet.mqtt;

import java.net.ConnectException;

import org.jspecify.annotations.Nullable;

import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.smallrye.reactive.messaging.mqtt.session.MqttClientSessionOptions;
import io.vertx.mqtt.MqttConnectionException;

/**
 * Names a broker and its refusals for the operator.
 *
 * @param user null for clients without one
 */
record MqttBroker(String host, int port, @Nullable String user, int maxMessageBytes) {

    static MqttBroker of(MqttClientSessionOptions options) {
        return new MqttBroker(options.getHostname(), options.getPort(), options.getUsername(), options.getMaxMessageSize());
    }

    /** @param cause null if the broker closed the connection, for which MQTT 3.1.1 has no reasons */
    String reason(@Nullable Throwable cause) {
        String broker = "MQTT broker at " + host + ":" + port;
        for (Throwable each = cause; each != null; each = each.getCause()) {
            if (each instanceof MqttConnectionException refused) {
                return broker + " " + refusal(refused.code());
            }
            if (each instanceof ConnectException) {
                return broker + " cannot be reached";
            }
            if (each instanceof TooLongFrameException) {
                return "a message of the " + broker + " is larger than max-message-size (" + maxMessageBytes + " bytes)";
            }
        }
        String text = cause == null ? null : cause.getMessage();
        return text == null || text.equals("Connection closed") || text.equals("Closed")
                ? broker + " closed the connection"
                : broker + " failed: " + text;
    }

    private String refusal(MqttConnectReturnCode code) {
        return switch (code) {
            case CONNECTION_REFUSED_BAD_USER_NAME_OR_PASSWORD, CONNECTION_REFUSED_BAD_USERNAME_OR_PASSWORD ->
                "rejects " + (user == null ? "clients without a user" : "user " + user + " or its password");
            case CONNECTION_REFUSED_NOT_AUTHORIZED, CONNECTION_REFUSED_NOT_AUTHORIZED_5 ->
                "rejects " + (user == null ? "clients without a user" : "user " + user) + " as not authorized";
            case CONNECTION_REFUSED_IDENTIFIER_REJECTED, CONNECTION_REFUSED_CLIENT_IDENTIFIER_NOT_VALID ->
                "rejects the client-id";
            case CONNECTION_REFUSED_SERVER_UNAVAILABLE, CONNECTION_REFUSED_SERVER_UNAVAILABLE_5 -> "is not available";
            case CONNECTION_REFUSED_UNACCEPTABLE_PROTOCOL_VERSION, CONNECTION_REFUSED_UNSUPPORTED_PROTOCOL_VERSION ->
                "does not speak MQTT 3.1.1";
            default -> "refuses the connection: " + code;
        };
    }
}
